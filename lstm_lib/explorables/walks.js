// A unit with hand-set weights reads all strings up to a length: the judge of
// lstm_lib/puzzles.py once more, for the page. A test holds the two equal.

import { ACTIVATIONS } from "./math.js";

const { sigmoid: { value: gate }, tanh: { value: bend } } = ACTIVATIONS;

/** The right answer after the k-th symbol, where it was `n`; at first it is 0. */
const NEXT = {
  counter: (n, k) => n + 1 - 2 * k,
  latch: (n, k) => [1, 0, n][k],
  "counter with reset": (n, k) => (k ? 0 : n + 1),
  toggle: (n, k) => (k ? n : 1 - n),
};

/**
 * The unit with these weights, in units of `strength`: of i, f and g the z for each
 * symbol where nothing comes back, and what h is weighted with.
 */
export function unitOf({ symbols, free }, weights, strength) {
  const row = (name) => {
    const weight = (column) =>
      strength * (weights[free.indexOf(`${name} ${column}`)] ?? 0);
    const z = symbols.map((symbol) => weight(symbol) + weight("always"));
    return { z, h: weight("h") };
  };
  const made = { i: row("i"), f: row("f"), g: row("g"), o: gate(strength) };
  return { ...made, fed: "ifg".split("").some((name) => made[name].h !== 0) };
}

/** The gates and the candidate on the k-th symbol, where h comes back. */
export function gatesOf({ i, f, g }, k, h) {
  return {
    i: gate(i.z[k] + i.h * h),
    f: gate(f.z[k] + f.h * h),
    g: bend(g.z[k] + g.h * h),
  };
}

/** Gates, candidate and states after each symbol of `text`, and both answers. */
export function runOf(puzzle, unit, text, margin) {
  let [c, h, expected] = [0, 0, 0];
  return [...text].map((symbol) => {
    const k = puzzle.symbols.indexOf(symbol);
    const { i, f, g } = gatesOf(unit, k, h);
    c = f * c + i * g;
    h = unit.o * bend(c);
    expected = NEXT[puzzle.name](expected, k);
    return { symbol, i, f, g, c, h, expected, got: answerOf(puzzle, c, h, margin) };
  });
}

/** What is read off the states; null where that is too near to the line to tell. */
function answerOf({ kind, state, bias }, c, h, margin) {
  const y = (state === "c" ? c : h) + bias;
  const [low, high] = [y - margin, y + margin];
  const answer = kind === "round" ? Math.round : (value) => Number(value > 0);
  return answer(low) === answer(high) ? answer(low) + 0 : null; // and never −0
}

/**
 * The first string of at most `longest` symbols that is answered wrongly, or null.
 *
 * The strings stand in one line, from the empty one on: those that go on from the
 * n-th are the next D at D·n + 1. So the shorter ones come first.
 */
export function firstWrong(puzzle, unit, { longest, margin }) {
  const { expected, c, h } = lineOf(puzzle, longest);
  const [D, count] = [puzzle.symbols.length, expected.length];
  const still = puzzle.symbols.map((_, k) => gatesOf(unit, k, 0));
  const shows = unit.fed || puzzle.state === "h";
  for (let n = 1; n < count; n += 1) {
    const k = (n - 1) % D;
    const before = (n - 1 - k) / D;
    const { i, f, g } = unit.fed ? gatesOf(unit, k, h[before]) : still[k];
    c[n] = f * c[before] + i * g;
    if (shows) h[n] = unit.o * bend(c[n]);
    if (answerOf(puzzle, c[n], h[n], margin) !== expected[n]) return textOf(puzzle, n);
  }
  return null;
}

/** How many strings there are of 1 to `longest` symbols. */
export function stringsOf({ symbols }, longest) {
  return Array.from({ length: longest }, (_, k) => symbols.length ** (k + 1)).reduce(
    (sum, more) => sum + more,
  );
}

const lines = {}; // one for each puzzle, for no weight changes the right answers

/** The right answers to all strings in that line, and room for their states. */
function lineOf(puzzle, longest) {
  const key = `${puzzle.name} ${longest}`;
  if (lines[key]) return lines[key];
  const D = puzzle.symbols.length;
  const count = stringsOf(puzzle, longest) + 1;
  const expected = new Int8Array(count);
  for (let n = 1; n < count; n += 1) {
    const k = (n - 1) % D;
    expected[n] = NEXT[puzzle.name](expected[(n - 1 - k) / D], k);
  }
  lines[key] = { expected, c: new Float64Array(count), h: new Float64Array(count) };
  return lines[key];
}

/** The n-th string. */
function textOf({ symbols }, n) {
  if (n === 0) return "";
  const k = (n - 1) % symbols.length;
  return textOf({ symbols }, (n - 1 - k) / symbols.length) + symbols[k];
}
