// lstm_lib/scope.py and jacobian.py once more, for the page: how much of a change of
// one state is left in a later one. The same formulas; a test holds the two equal.

import { ACTIVATIONS } from "./math.js";

const { sigmoid: gate, tanh: bounded, relu: rectifier } = ACTIVATIONS;
const PLAIN = { "tanh-RNN": bounded, "ReLU-RNN": rectifier, "σ-RNN": gate };
const CANDIDATE = 2; // in the order of the parameters: i, f, g, o
let scratch = [[]]; // of `paths`

/**
 * The networks, from hundredths separated by spaces: for each one W (4, H), U (4, H, H)
 * and b (4, H); `text` has as many networks as fit.
 */
export function unpacked(text, units) {
  const all = Float64Array.from(text.split(" "), (word) => Number(word) / 100);
  const [small, large] = [4 * units, 4 * units * units];
  const found = [];
  for (let at = 0; at < all.length; at += 2 * small + large) {
    const W = all.subarray(at, at + small);
    const U = all.subarray(at + small, at + small + large);
    found.push({ W, U, b: all.subarray(at + small + large, at + 2 * small + large) });
  }
  return found;
}

/**
 * Let a network read x. Returns what the Jacobian of each step is made of: of an LSTM
 * f, how z moves c (`i`, `f`, `g` below) and h (`o`), and h by c (`shown`); of a plain
 * network φ′(z). Each is (T, H), one step after the other. Of an LSTM, they are good
 * until it is walked again.
 */
export function walked(network, kind, bias, gain, x) {
  return kind in PLAIN
    ? plainly(network, PLAIN[kind], gain, x)
    : gated(network, kind === "f held", bias, gain, x);
}

function plainly({ W, U, b }, phi, gain, x) {
  const units = b.length / 4;
  const slopes = new Float64Array(x.length * units);
  let [h, next] = [new Float64Array(units), new Float64Array(units)];
  for (let t = 0; t < x.length; t += 1) {
    for (let j = 0; j < units; j += 1) {
      const row = CANDIDATE * units + j;
      let sum = 0;
      for (let n = 0; n < units; n += 1) sum += U[row * units + n] * h[n];
      const z = W[row] * x[t] + gain * sum + b[row];
      next[j] = phi.value(z);
      slopes[t * units + j] = phi.slope(z);
    }
    [h, next] = [next, h];
  }
  return { units, slopes, U, gain };
}

function gated(network, held, bias, gain, x) {
  const { W, U, b } = network;
  const units = b.length / 4;
  const strength = held ? 0 : gain;
  const { f, shown, byI, byF, byG, byO, z, c, h } = roomOf(network, x.length, units);
  c.fill(0);
  h.fill(0);
  for (let t = 0; t < x.length; t += 1) {
    for (let row = 0; row < 4 * units; row += 1) {
      let sum = 0;
      for (let n = 0; n < units; n += 1) sum += U[row * units + n] * h[n];
      z[row] = W[row] * x[t] + strength * sum + b[row];
    }
    for (let j = 0; j < units; j += 1) {
      const at = t * units + j;
      const i = gate.value(z[j]);
      f[at] = gate.value(bias + (held ? 0 : z[units + j])); // drawn with a bias of 0
      const g = Math.tanh(z[2 * units + j]);
      const o = gate.value(z[3 * units + j]);
      byI[at] = g * i * (1 - i);
      byF[at] = c[j] * f[at] * (1 - f[at]);
      byG[at] = i * (1 - g * g);
      c[j] = f[at] * c[j] + i * g;
      h[j] = Math.tanh(c[j]);
      byO[at] = h[j] * o * (1 - o);
      shown[at] = o * (1 - h[j] * h[j]);
      h[j] *= o;
    }
  }
  return { units, f, shown, byI, byF, byG, byO, U, gain: strength };
}

/** The arrays of a trace, used again for the next one: new ones take as long as it does. */
function roomOf(network, steps, units) {
  if (network.room?.f.length !== steps * units) {
    const made = (names, size) => names.map((name) => [name, new Float64Array(size)]);
    network.room = Object.fromEntries([
      ...made(["f", "shown", "byI", "byF", "byG", "byO"], steps * units),
      ...made(["c", "h"], units),
      ["z", new Float64Array(4 * units)],
    ]);
  }
  return network.room;
}

/**
 * What is left of a change of state s, by path, for states s to `last`: the sizes of
 * `direct`, `rest` and `whole`, the first two null for plain networks.
 */
export function left(trace, s, last) {
  return trace.slopes ? chain(trace, s, last) : paths(trace, s, last);
}

/** ∂h_t/∂h_s: the product of diag(φ′(z)) U. */
function chain({ units, slopes, U, gain }, s, last) {
  let [J, next] = [diagonal(units), diagonal(units)];
  const whole = [1];
  const from = CANDIDATE * units * units;
  for (let t = s + 1; t <= last; t += 1) {
    let squares = 0;
    for (let j = 0; j < units; j += 1) {
      const factor = gain * slopes[t * units + j];
      const row = from + j * units;
      for (let k = 0; k < units; k += 1) {
        let sum = 0;
        for (let n = 0; n < units; n += 1) sum += U[row + n] * J[n * units + k];
        sum *= factor;
        next[j * units + k] = sum;
        squares += sum * sum;
      }
    }
    [J, next] = [next, J];
    whole.push(Math.sqrt(squares / units)); // ‖J‖_F / √H
  }
  return { direct: null, rest: null, whole };
}

/** ∂c_t/∂c_s: through the forget gates alone, and through h at least once. */
function paths({ units, f, shown, byI, byF, byG, byO, U, gain }, s, last) {
  const square = units * units;
  if (scratch[0].length !== square) scratch = [0, 0, 0].map(() => new Float64Array(square));
  const rest = scratch[0];
  let [, h, next] = scratch; // ∂h_t/∂c_s
  const direct = new Array(units).fill(1);
  rest.fill(0);
  h.fill(0);
  for (let j = 0; j < units; j += 1) h[j * units + j] = shown[s * units + j];
  const found = { direct: [1], rest: [0], whole: [1] };
  for (let t = s + 1; t <= last; t += 1) {
    let [ofDirect, ofRest, ofWhole] = [0, 0, 0];
    for (let j = 0; j < units; j += 1) {
      const [at, row] = [t * units + j, j * units];
      direct[j] *= f[at];
      ofDirect += direct[j] ** 2;
      for (let k = row; k < row + units; k += 1) {
        rest[k] *= f[at];
        next[k] = 0;
      }
      for (let n = 0, from = 0; n < units; n += 1) {
        const u = row + n; // of i; those of f, g and o follow
        const gates = byI[at] * U[u] + byF[at] * U[square + u];
        const toC = gain * (gates + byG[at] * U[2 * square + u]);
        const toH = gain * byO[at] * U[3 * square + u];
        for (let k = row; k < row + units; k += 1, from += 1) {
          rest[k] += toC * h[from];
          next[k] += toH * h[from];
        }
      }
      for (let k = 0; k < units; k += 1) {
        const c = rest[row + k];
        const whole = k === j ? direct[j] + c : c;
        next[row + k] += shown[at] * whole;
        ofRest += c * c;
        ofWhole += whole * whole;
      }
    }
    [h, next] = [next, h];
    found.direct.push(Math.sqrt(ofDirect / units));
    found.rest.push(Math.sqrt(ofRest / units));
    found.whole.push(Math.sqrt(ofWhole / units));
  }
  return found;
}

function diagonal(units) {
  const made = new Float64Array(units * units);
  for (let j = 0; j < units; j += 1) made[j * units + j] = 1;
  return made;
}

/** The quartiles of numbers, which it sorts: at ¼, ½ and ¾ of the way through them. */
export function quartiles(values) {
  values.sort();
  const last = values.length - 1;
  return [0.25, 0.5, 0.75].map((share) => {
    const low = Math.floor(share * last);
    const next = values[Math.min(low + 1, last)];
    return values[low] + (share * last - low) * (next - values[low]);
  });
}
