"""Replicas are single networks side by side, and nothing else is stacked."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_lib.activations import relu, tanh
from lstm_lib.cell import LSTM


def lstm(inputs=3, hidden=2, **more):
    return replace(LSTM.init(np.random.default_rng(0), inputs, hidden), **more)


def test_replicas_are_single_networks_side_by_side():
    rng = np.random.default_rng(0)
    kinds = {"gate": relu, "candidate": relu, "output": tanh}
    singles = [replace(LSTM.init(rng, 3, 2), **kinds) for _ in range(3)]
    many = LSTM.stack(iter(singles))
    assert singles[0].replicas is None and many.replicas == 3
    assert LSTM.stack(singles[:1]).replicas == 1
    assert (many.inputs, many.hidden) == (3, 2)
    assert many.W.shape == (3, 4, 2, 3) and many.U.shape == (3, 4, 2, 2)
    for place in (0, 1, -1):
        one, other = many[place], singles[place]
        assert one.replicas is None
        for name in "WUb":
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
        assert (one.gate, one.candidate, one.output) == (relu, relu, tanh)


@pytest.mark.parametrize(
    "networks",
    [
        [],
        [lstm(), lstm(hidden=3)],
        [lstm(), lstm(inputs=2)],
        [lstm(), LSTM.stack([lstm()])],
        [LSTM.stack([lstm()])] * 2,
        [lstm(), lstm(gate=relu)],
        [lstm(), lstm(candidate=relu)],
        [lstm(), lstm(output=relu)],
    ],
)
def test_only_what_is_alike_is_stacked(networks):
    told = "^networks are not alike; expected single ones of one kind$"
    with pytest.raises(ValueError, match=told):
        LSTM.stack(networks)


def test_only_networks_are_stacked():
    with pytest.raises(TypeError, match="^networks is of type int; expected LSTM$"):
        LSTM.stack([lstm(), 1])


def test_a_single_network_has_no_replicas_to_choose_from():
    told = "^this LSTM is single; expected one with replicas$"
    with pytest.raises(TypeError, match=told):
        lstm()[0]
