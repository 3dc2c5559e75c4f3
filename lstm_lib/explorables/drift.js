// lstm_lib/drift.py once more, for the page: the same names and formulas, and the same
// operations in the same order. A test holds the two equal.

import { ACTIVATIONS } from "./math.js";

/** The share σ(B) of the state that a gate keeps in a step. */
export function keeps(strength) {
  return ACTIVATIONS.sigmoid.value(strength);
}

/** The state after each of n steps up and n down (2n). */
export function walk(strength, n) {
  const f = keeps(strength);
  const added = f * ACTIVATIONS.tanh.value(strength);
  const states = new Float64Array(2 * n);
  let c = 0;
  for (let k = 0; k < n; k += 1) states[k] = c = f * c + added;
  for (let k = n; k < 2 * n; k += 1) states[k] = c = f * c - added;
  return states;
}

/** About what is left of 0 after n steps up and n down. */
export function drift(strength, n) {
  return -(n ** 2) * Math.exp(-strength);
}

/** The same on the way there, after the first steps: 0 at none, `drift` after 2n. */
export function driftSoFar(strength, n, steps) {
  const down = Math.max(0, steps - n);
  const up = steps - down;
  const lost = (up * (up + 1)) / 2 + n * down - (down * (down + 1)) / 2;
  return -lost * Math.exp(-strength);
}

/** About the largest n for which it still ends within ½ of 0. */
export function reach(strength) {
  return Math.sqrt(Math.exp(strength) / 2);
}

/** After how many steps a gate of σ(B) has kept half. */
export function halfLife(strength) {
  return Math.log(2) / Math.log1p(Math.exp(-strength));
}

const reaches = new Map(); // those that have been walked

/** The largest n for which it ends within ½ of 0 when walked. */
export function reached(strength) {
  if (!reaches.has(strength)) {
    const holds = (n) => Math.abs(walk(strength, n).at(-1)) < 0.5;
    reaches.set(strength, last(holds));
  }
  return reaches.get(strength);
}

/** The last n for which something holds that holds no more from some n on. */
function last(holds) {
  let high = 1;
  while (holds(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
