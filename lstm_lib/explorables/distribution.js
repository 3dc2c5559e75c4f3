// The averages of lstm_lib/distribution.py and lstm_lib/outputs.py once more, for the
// page: with the same points, and so with the same numbers. A test holds them equal.

import { FLAT } from "./functions.js";

const POINTS = 2000;
const TAILS = 8;
export const EDGES = Array.from({ length: 61 }, (_, k) => (k - 20) / 10);

// The standard normal distribution; all others are moved and stretched.
const AT = Float64Array.from(
  { length: POINTS },
  (_, k) => ((2 * TAILS) / POINTS) * (k + 0.5) - TAILS,
);
const WEIGHTS = AT.map((at) => Math.exp(-(at ** 2) / 2));
const WHOLE = WEIGHTS.reduce((sum, weight) => sum + weight);
const SHARES = WEIGHTS.map((weight) => weight / WHOLE);
// Filled anew by each call: as many as are needed would be thrown away by each move.
const Y = new Float64Array(POINTS);
const MOVING = new Float64Array(POINTS);

/**
 * What the activation `f` makes of N(mean, spread²): the `mean` and the `spread` of its
 * values, the share of `dead` slopes, the `spikes` [value, share] where it is flat, the
 * `heights` of the rest in the bins between EDGES, and what lies `outside` of these.
 */
export function summary({ value, slope }, mean, spread) {
  const spikes = new Map();
  let [middle, square, dead, rest] = [0, 0, 0, 0];
  for (let k = 0; k < POINTS; k += 1) {
    const [z, share] = [mean + spread * AT[k], SHARES[k]];
    const [y, rise] = [value(z), slope(z)];
    Y[k] = y;
    MOVING[k] = rise === 0 ? 0 : share; // where `f` is not flat
    middle += share * y;
    rest += MOVING[k];
    if (Math.abs(rise) < FLAT) dead += share;
    if (rise === 0) spikes.set(y, (spikes.get(y) ?? 0) + share);
  }
  for (let k = 0; k < POINTS; k += 1) square += SHARES[k] * (Y[k] - middle) ** 2;
  const below = under(Y, MOVING);
  return {
    mean: middle,
    spread: Math.sqrt(square),
    dead,
    spikes: [...spikes].sort(([a], [b]) => a - b),
    heights: below.slice(1).map((sum, k) => Math.max(0, sum - below[k])),
    outside: [below[0], Math.max(0, rest - below.at(-1))],
  };
}

/** How much lies under each edge, spread evenly between neighbouring points. */
function under(y, share) {
  const parts = new Float64Array(EDGES.length); // of what an edge divides
  const wholes = new Float64Array(EDGES.length + 1); // of what ends below an edge
  let edge = 0;
  for (let k = 1; k < POINTS; k += 1) {
    const amount = (share[k - 1] + share[k]) / 2;
    if (amount === 0) continue;
    const low = Math.min(y[k - 1], y[k]);
    const high = Math.max(y[k - 1], y[k]);
    // What rounds to one number belongs to the bin on the side of 0.
    const start = low < high ? low : low * (1 - 1e-9);
    while (edge > 0 && EDGES[edge - 1] > start) edge -= 1;
    while (edge < EDGES.length && EDGES[edge] <= start) edge += 1;
    let next = edge;
    for (; next < EDGES.length && EDGES[next] < high; next += 1) {
      parts[next] += (amount * (EDGES[next] - low)) / (high - low);
    }
    wholes[next] += amount;
  }
  let sum = 0;
  return Array.from(parts, (part, k) => part + (sum += wholes[k]));
}
