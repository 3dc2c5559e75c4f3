// Text in, answers out: lstm_lib/reading.py once more, for the page. A test holds the
// two equal.
//
// A reader is what Python hands over: {name, symbols, others, units, readings, span, W,
// U, b}, with the weights for the strength 1; those for another strength are so many
// times as large. States are Float64Arrays (T · H), all units of a step together.

import { ACTIVATIONS } from "./math.js";

const PARTS = ["i", "f", "g", "o"];

/** The characters of a text as Python counts them: its code points. */
export function characters(text) {
  return Array.from(text);
}

/**
 * The input that each character switches on, −1 where that is none; they end before
 * the first character that is not read, whose place is `refused`, or −1.
 */
export function encoded(reader, signs) {
  const known = new Map();
  reader.symbols.forEach((all, k) => {
    for (const sign of all) known.set(sign, k);
  });
  const read = reader.others ? () => true : (sign) => known.has(sign);
  const refused = signs.findIndex((sign) => !read(sign));
  const inputs = Int8Array.from(
    refused < 0 ? signs : signs.slice(0, refused),
    (sign) => known.get(sign) ?? -1,
  );
  return { inputs, refused };
}

/** Let a reader of this strength read the inputs, from an empty state. */
export function simulated(reader, strength, inputs) {
  const [units, steps] = [reader.units.length, inputs.length];
  const states = [...PARTS, "c", "h"].map((name) => [
    name,
    new Float64Array(steps * units),
  ]);
  const run = { units, steps, ...Object.fromEntries(states) };
  const { sigmoid: { value: gate }, tanh: { value: bend } } = ACTIVATIONS;
  const squash = { i: gate, f: gate, g: bend, o: gate };
  const z = weighted(reader, strength);
  let before = new Float64Array(units); // h of the step before
  for (let t = 0; t < steps; t += 1) {
    for (let u = 0; u < units; u += 1) {
      const at = t * units + u;
      PARTS.forEach((part, k) => {
        run[part][at] = squash[part](z(k, u, inputs[t], before));
      });
      const kept = t ? run.c[at - units] : 0;
      run.c[at] = run.f[at] * kept + run.i[at] * run.g[at];
      run.h[at] = run.o[at] * bend(run.c[at]);
    }
    before = run.h.subarray(t * units, (t + 1) * units);
  }
  return run;
}

/** The pre-activation of part k in unit u, for an input and the h before. */
function weighted({ W, U, b }, strength) {
  const times = (rows) => rows.map((row) => row.map((weight) => strength * weight));
  const [inner, fed, bias] = [W.map(times), U.map(times), times(b)];
  // Most weights of what is fed back are 0.
  const used = fed.map((part) => part.map((row) => row.some(Boolean) && row));
  return (k, u, input, before) => {
    let z = input < 0 ? 0 : inner[k][u][input];
    if (used[k][u]) used[k][u].forEach((weight, n) => (z += weight * before[n]));
    return z + bias[k][u];
  };
}

/** What a reading answers after each step of a run. */
export function answered({ kind, cell, hidden, bias }, { units, steps, c, h }) {
  const answers = new Int32Array(steps);
  for (let t = 0; t < steps; t += 1) {
    let y = bias;
    for (let u = 0; u < units; u += 1) {
      y += cell[u] * c[t * units + u] + hidden[u] * h[t * units + u];
    }
    answers[t] = kind === "round" ? rounded(y) : Number(y > 0);
  }
  return answers;
}

/** The nearest integer; of two that are as near, the even one, as in NumPy. */
function rounded(y) {
  return Math.abs(y % 1) === 0.5 ? 2 * Math.round(y / 2) : Math.round(y);
}

/**
 * Whether each answer is predicted to be right: until the reader has gone further than
 * its reach, in all or since the last symbol that shuts a forget gate, as its `span`
 * says. Beyond that nothing is predicted, for what was held may be gone.
 */
export function withinReach(reader, reach, inputs) {
  const shuts = reader.symbols.map((_, k) => reader.W[1].some((row) => row[k] < 0));
  const inAll = reader.span === "in all";
  let [since, holds] = [0, reach > 0];
  return Uint8Array.from(inputs, (input) => {
    since = !inAll && shuts[input] ? 0 : since + 1;
    holds &&= since <= reach;
    return holds;
  });
}
