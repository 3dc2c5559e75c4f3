// What the handmade cells should answer, said plainly and without a cell, by the names
// of lstm_lib/handmade.py: where to start, what a character changes, and the answers
// in the order of the readings.

const difference = (up, down) => (count, sign) =>
  count + (sign === up) - (sign === down);
const itself = (state) => [state];

const REFERENCES = {
  counter: { start: 0, next: difference("a", "b"), read: itself },
  "ordered counter": {
    start: { a: 0, b: 0, ordered: true },
    next({ a, b, ordered }, sign) {
      if (sign === "a") return { a: a + 1, b, ordered: ordered && b === 0 };
      return { a, b: b + 1, ordered: ordered && b < a };
    },
    read: ({ a, b, ordered }) => [a - b, Number(ordered && a === b)],
  },
  "counter with reset": {
    start: 0,
    next: (count, sign) => (sign === "x" ? 0 : count + 1),
    read: itself,
  },
  depth: {
    start: { open: 0, underflow: false },
    next({ open, underflow }, sign) {
      const now = difference("(", ")")(open, sign);
      return { open: now, underflow: underflow || now < 0 };
    },
    read: ({ open, underflow }) => [
      open,
      Number(underflow),
      Number(open === 0 && !underflow),
    ],
  },
  latch: {
    start: 0,
    next: (bit, sign) => ({ s: 1, r: 0 })[sign] ?? bit,
    read: itself,
  },
  toggle: { start: 0, next: (bit, sign) => (sign === "1" ? 1 - bit : bit), read: itself },
  quote: {
    start: 0,
    next: (inside, sign) => ({ '"': 1 - inside, "“": 1, "”": 0 })[sign] ?? inside,
    read: itself,
  },
  subject: {
    start: 0,
    next: (whom, sign) => ({ "♀": 1, "♂": -1 })[sign] ?? whom,
    read: itself,
  },
  column: {
    start: 0,
    next: (count, sign) => (sign === "\n" ? 0 : count + 1),
    read: itself,
  },
};

/** The right answers of a reader's readings after each of these characters. */
export function expectedOf(reader, signs) {
  const { start, next, read } = REFERENCES[reader.name];
  const answers = reader.readings.map(() => new Int32Array(signs.length));
  let state = start;
  signs.forEach((sign, t) => {
    state = next(state, sign);
    read(state).forEach((answer, k) => (answers[k][t] = answer));
  });
  return answers;
}
