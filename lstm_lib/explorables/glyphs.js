// Characters of any text, made visible one by one: none of them can hide, join its
// neighbour or turn the line round.

const SEEN = { "\n": "⏎", "\t": "⇥", "\r": "␍", " ": "␣", "\x7f": "␡" };
const CALLED = {
  "\n": "line break",
  "\t": "tab",
  "\r": "carriage return",
  " ": "space",
  "\0": "NUL",
};
const CONTROL = /^[\0-\x1f]$/;
const MARK = /^\p{M}$/u;
const UNSEEN = /^[\p{C}\p{Z}\u115f\u1160\u2800\u3164\uffa0]$/u;

/** One character as it can be seen. */
export function glyph(sign) {
  if (sign in SEEN) return SEEN[sign];
  if (CONTROL.test(sign)) return String.fromCodePoint(0x2400 + sign.codePointAt(0));
  if (UNSEEN.test(sign)) return "▯";
  return MARK.test(sign) ? `◌${sign}` : sign;
}

/** A character in quotation marks, and its name or code where it cannot be seen. */
export function named(sign) {
  const seen = glyph(sign);
  if (seen === sign) return `'${sign}'`;
  const code = sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  return `'${seen}' (${CALLED[sign] ?? `U+${code}`})`;
}
