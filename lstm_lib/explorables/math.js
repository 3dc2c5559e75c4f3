// The activations of lstm_lib/activations.py once more, for the page: value, slope
// and bend, with the same formulas, so that no digit is lost in the tails. A test
// holds the two equal.

const sigmoid = {
  kinks: [],
  value(x) {
    const e = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e - e * (e / (1 + e));
  },
  slope(x) {
    const e = Math.exp(-Math.abs(x));
    return e / (1 + e * (2 + e));
  },
  bend: (x) => -Math.tanh(x / 2) * sigmoid.slope(x),
};

const tanh = {
  kinks: [],
  value: Math.tanh,
  slope(x) {
    const e = Math.exp(-2 * Math.abs(x));
    return (4 * e) / (1 + e * (2 + e));
  },
  bend: (x) => -2 * Math.tanh(x) * tanh.slope(x),
};

/** A function of straight pieces: its bend is 0, at the kinks by convention. */
function piecewise(kinks, value, slope) {
  const known = (result) => (x) => (Number.isNaN(x) ? x : result(x));
  const functions = { value: known(value), slope: known(slope), bend: known(() => 0) };
  return { kinks, straight: true, ...functions };
}

/** A line, clipped below and above; at the kinks the slope is 0, as in PyTorch. */
function clipped([low, high], value, slope) {
  const between = (x) => (low < x && x < high ? slope : 0);
  return piecewise([low, high], value, between);
}

const relu = piecewise([0], (x) => Math.max(0, x), (x) => (x > 0 ? 1 : 0));
const identity = piecewise([], (x) => x, () => 1);

/** Leaky ReLU with the given slope on the left, and at 0. 0 makes it ReLU, 1 a line. */
export function leaky(slope) {
  if (slope === 0) return relu;
  if (slope === 1) return identity;
  return piecewise(
    [0],
    (x) => (x > 0 ? x : slope * x),
    (x) => (x > 0 ? 1 : slope),
  );
}

/** By name, in the order of Python's ACTIVATIONS. */
export const ACTIVATIONS = {
  sigmoid,
  tanh,
  hard_tanh: clipped([-1, 1], (x) => Math.max(-1, Math.min(1, x)), 1),
  relu,
  leaky_relu: leaky(0.01),
  hard_sigmoid: clipped(
    [-3, 3],
    (x) => Math.max(0, Math.min(1, (x + 3) / 6)),
    1 / 6,
  ),
  identity,
};
