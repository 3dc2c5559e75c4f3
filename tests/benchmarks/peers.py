"""What computes the gradients of an LSTM through time, to be timed: ours and peers.

A contender takes a `Work`, makes ready what it needs (tensors, a compiled function)
and gives a call without arguments: forward, backward, and out come ∂L/∂W, ∂L/∂U,
∂L/∂b and ∂L/∂x, where ∂L/∂h is given. Only that call is timed.
"""

from collections.abc import Callable

import jax
import numpy as np
import torch
from jax import lax
from jax import numpy as jnp
from work import Array, Work

from lstm_lib.sequence import backward, forward

Call = Callable[[], object]

torch.set_num_threads(1)
jax.config.update("jax_enable_x64", True)


def in_turn(contender: Callable[[Work], Call]) -> Callable[[Work], Call]:
    """A contender that knows no replicas, called for one after the other."""

    def prepare(work: Work) -> Call:
        calls = [contender(one) for one in work.apart()]
        return calls[0] if len(calls) == 1 else lambda: [call() for call in calls]

    return prepare


def gradients(found: object, like: tuple[Array, ...]) -> list[Array]:
    """What a call gave, as arrays shaped `like` ours."""
    if isinstance(found, list):  # replica by replica
        found = [np.stack([np.asarray(one) for one in parts]) for parts in zip(*found)]
    return [np.asarray(one).reshape(our.shape) for one, our in zip(found, like)]


def ours(work: Work) -> Call:
    """The engine of the library."""
    lstm, x, dh = work
    return lambda: backward(lstm, forward(lstm, x), dh)[:4]


@in_turn
def torch_layer(work: Work) -> Call:
    """torch.nn.LSTM; its second bias is zero, and no gradient of it is asked for."""
    W, U, b, x, dh = map(torch.tensor, work.flat())
    layer = torch.nn.LSTM(x.shape[-1], dh.shape[-1], dtype=x.dtype)
    names = "weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"
    layer.load_state_dict(dict(zip(names, (W, U, b, 0 * b))))
    x.requires_grad_()
    wanted = [*(getattr(layer, name) for name in names[:3]), x]
    return lambda: torch.autograd.grad(layer(x)[0], wanted, dh)


def _torch_states(W, U, b, x, gate, squash):
    """Every h of an LSTM in a loop of PyTorch."""
    h = c = x.new_zeros(x.shape[1], U.shape[1])
    states = []
    for now in x @ W.T + b:
        i, f, g, o = (now + h @ U.T).chunk(4, dim=1)
        c = gate(f) * c + gate(i) * squash(g)
        h = gate(o) * squash(c)
        states.append(h)
    return torch.stack(states)


def torch_hard_loop(work: Work) -> Call:
    """The loop with the activations that torch.nn.LSTM cannot have."""
    *given, dh = map(torch.tensor, work.flat())
    for one in given:
        one.requires_grad_()
    hard = torch.nn.functional.hardsigmoid, torch.nn.functional.hardtanh
    return lambda: torch.autograd.grad(_torch_states(*given, *hard), given, dh)


def torch_vmap(work: Work) -> Call:
    """The loop with the usual activations, for all replicas at once."""

    def loss(W, U, b, x, dh):
        return (_torch_states(W, U, b, x, torch.sigmoid, torch.tanh) * dh).sum()

    gradient = torch.func.vmap(torch.func.grad(loss, argnums=(0, 1, 2, 3)))
    given = [*map(torch.tensor, work.flat())]
    return lambda: gradient(*given)


def _jax_loss(W, U, b, x, dh):
    """Σ h ⊙ ∂L/∂h over all steps of a scan, whose gradients are those of L."""

    def step(state, now):
        h, c = state
        i, f, g, o = jnp.split(now + h @ U.T, 4, axis=-1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        return (h, c), h

    start = jnp.zeros_like(dh[0])
    return jnp.vdot(lax.scan(step, (start, start), x @ W.T + b)[1], dh)


def jax_scan(work: Work) -> Call:
    """JAX, compiled; over replicas mapped."""
    gradient = jax.value_and_grad(_jax_loss, argnums=(0, 1, 2, 3))
    if work.lstm.replicas is not None:
        gradient = jax.vmap(gradient)
    compiled = jax.jit(gradient)
    given = [*map(jnp.asarray, work.flat())]
    return lambda: jax.block_until_ready(compiled(*given))[1]


@in_turn
def numpy_loop(work: Work) -> Call:
    """What one would write down."""
    W, U, b, x, dh = work.flat()
    return lambda: _numpy_backward(W, U, b, x, _numpy_forward(W, U, b, x), dh)


def _sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def _numpy_forward(W, U, b, x):
    """h_{t−1}, c_{t−1}, the gates and c_t of every step."""
    h = c = np.zeros((x.shape[1], U.shape[1]), x.dtype)
    steps = []
    for now in x:
        i, f, g, o = np.split(now @ W.T + h @ U.T + b, 4, axis=1)
        i, f, g, o = _sigmoid(i), _sigmoid(f), np.tanh(g), _sigmoid(o)
        before = h, c
        c = f * c + i * g
        h = o * np.tanh(c)
        steps.append((*before, i, f, g, o, c))
    return steps


def _numpy_backward(W, U, b, x, steps, dh):
    """The gradients, from the last step to the first."""
    dW, dU, db, dx = map(np.zeros_like, (W, U, b, x))
    from_h = from_c = np.zeros_like(dh[0])
    for t in reversed(range(len(x))):
        h, before, i, f, g, o, c = steps[t]
        shown = np.tanh(c)
        to_h = dh[t] + from_h
        to_c = from_c + to_h * o * (1 - shown**2)
        di, df = to_c * g * i * (1 - i), to_c * before * f * (1 - f)
        dg, do = to_c * i * (1 - g**2), to_h * shown * o * (1 - o)
        dz = np.concatenate([di, df, dg, do], axis=1)
        dW += dz.T @ x[t]
        dU += dz.T @ h
        db += dz.sum(axis=0)
        dx[t] = dz @ W
        from_h, from_c = dz @ U, to_c * f
    return dW, dU, db, dx


def products(work: Work) -> Call:
    """A floor: every product that ours needs, and nothing else.

    [U W b]·[h; x; 1] and Uᵀ·∂L/∂z at each step; over all steps at once, what becomes
    of the parameters, ∂L/∂z·[h; x; 1]ᵀ, and of the inputs, Wᵀ·∂L/∂z.
    """
    T, B, D = work.x.shape[-3:]
    R, H = work.lstm.replicas or 1, work.lstm.hidden
    rng = np.random.default_rng(0)

    def some(*shape: int) -> Array:
        return rng.normal(size=(R, *shape)).astype(work.x.dtype)

    product, fed = some(4 * H, H + D + 1), some(H + D + 1, B)
    z, h, back, to_x = some(4 * H, B), some(H, B), some(H, 4 * H), some(D, 4 * H)
    dz, all_fed = some(4 * H, T * B), some(T * B, H + D + 1)
    summed, dx = np.empty_like(product), some(D, T * B)

    def call() -> None:
        for _ in range(T):
            np.matmul(product, fed, out=z)
            np.matmul(back, z, out=h)
        np.matmul(dz, all_fed, out=summed)
        np.matmul(to_x, dz, out=dx)

    return call


def squashing(work: Work) -> Call:
    """The other floor: tanh of as many numbers, those of z and of c."""
    T, B = work.x.shape[-3:-1]
    R, H = work.lstm.replicas or 1, work.lstm.hidden
    z = np.random.default_rng(0).normal(size=(R, 5 * H, B)).astype(work.x.dtype)
    y = np.empty_like(z)

    def call() -> None:
        for _ in range(T):
            np.tanh(z, out=y)

    return call
