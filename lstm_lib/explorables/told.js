// What the tape says in words and numbers.

import { glyph, named } from "./glyphs.js";
import { SHADES, datum, element, number } from "./plot.js";

const LETTERS = ["i", "f", "g", "o", "c", "h"];

/** A whole number with its thousands apart. */
export function grouped(whole) {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, "\u202f").replace("-", "−");
}

/** Six decimals; where they would read as a whole number that it is not, what lacks. */
export function closely(value) {
  const whole = Math.round(value);
  const gap = value - whole;
  if (gap === 0) return grouped(whole);
  if (Math.abs(gap) >= 5e-6) return value.toFixed(6).replace("-", "−");
  const lacks = number(whole ? Math.abs(gap) : gap, 3).replace(" · ", "·");
  return whole ? `${grouped(whole)} ${gap < 0 ? "−" : "+"} ${lacks}` : lacks;
}

/** Names with commas and an "and". */
function listed(names) {
  return [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ");
}

/** What the cell makes of characters, or why it stops where it does. */
export function reception({ reader, length, most, refused, refusedSign }) {
  const alphabet = reader.symbols.flatMap((all) => [...all]).map(glyph);
  const complaints = [];
  if (length > most) {
    complaints.push(
      `This text has ${grouped(length)} characters; the tape takes ` +
        `${grouped(most)} at most.`,
    );
  }
  if (refused >= 0) {
    complaints.push(
      `${named(refusedSign)} at ${refused} is not read by this cell; it reads ` +
        `${listed(alphabet)}. The tape shows what comes before.`,
    );
  }
  if (complaints.length) return { complaint: complaints.join(" ") };
  const rest = reader.others ? "Every other symbol is read, with no input on." : "";
  return { note: rest || "It reads nothing else." };
}

/** An answer as it is said. */
export function said({ kind, words }, answer) {
  if (kind === "above") return answer ? "yes" : "no";
  return new Map(words).get(answer) ?? grouped(answer);
}

/** What is wrong, or right, with the answers at a place. */
export function judged({ reader, expected, answers }, place) {
  return reader.readings.map((reading, k) => {
    const [wanted, got] = [expected[k][place], answers[k][place]];
    const [e, c] = [wanted, got].map((answer) => said(reading, answer));
    const text = `${reading.name}: expected ${e}, the cell says ${c}`;
    return { reading, wanted, got, wrong: wanted !== got, text };
  });
}

/** How far all is right, as computed; what is wrong first, in two pieces. */
export function verdict(result) {
  const { signs, firstWrong } = result;
  if (!signs.length) return { fine: "Nothing is read yet." };
  if (firstWrong < 0) {
    return { fine: `Every answer is right, after each of ${symbolsOf(signs.length)}.` };
  }
  const wrong = judged(result, firstWrong).filter((one) => one.wrong);
  const first = ["First wrong: at ", `, ${named(signs[firstWrong])}`];
  return { first, wrong: `: ${wrong.map(({ text }) => text).join("; ")}.` };
}

/** So many symbols. */
function symbolsOf(count) {
  return count === 1 ? "1 symbol" : `${grouped(count)} symbols`;
}

/** What the formula of the cell predicts, around the number. */
export function prediction({ reader, strength, reach }) {
  const what = `${reach === 1 ? "symbol" : "symbols"} ${reader.span}`;
  return [`With B = ${strength}, right up to `, reach, ` ${what}.`];
}

/** What a unit does in a step. */
function deed(run, at) {
  const [i, f] = [run.i[at], run.f[at]];
  const open = (gate) => (gate > 0.9 ? "open" : gate < 0.1 ? "shut" : "half");
  const gates = `i ${open(i)}, f ${open(f)}`;
  const brought = (i * run.g[at]).toFixed(2).replace("-", "−");
  if (i < 0.5) return `${gates}: ${f < 0.5 ? "clears" : "keeps"} c`;
  return `${gates}: ${f < 0.5 ? `sets c to ${brought}` : `adds ${brought} to c`}`;
}

/** All numbers of a step and its answers. */
export function stepInFull(result, place) {
  const { reader, run, signs } = result;
  const title = element("div", { style: "font-weight:600;grid-column:1/-1" });
  title.append("At ", datum("place", place, grouped(place)), `: ${named(signs[place])}`);
  const units = reader.units.flatMap((name, u) => {
    const at = place * run.units + u;
    return [unitInFull(name, run, at)];
  });
  const answers = judged(result, place).map(({ reading, wanted, got, wrong }) => {
    const one = element("div", { style: "grid-column:1/-1" }, `${wrong ? "✗" : "✓"} ${reading.name}: expected `);
    one.append(datum(`expected ${reading.name}`, wanted, said(reading, wanted)));
    one.append(", the cell says ");
    one.append(datum(`cell ${reading.name}`, got, said(reading, got)));
    if (wrong) one.style.fontWeight = 700;
    return one;
  });
  return [title, ...units, ...answers];
}

function unitInFull(name, run, at) {
  const numbers = LETTERS.map((letter) => {
    const value = run[letter][at];
    const one = element("span", { style: `color:${SHADES[letter]}` });
    one.append(element("b", {}, letter), " = ");
    one.append(datum(`${letter} ${name}`, value, closely(value)));
    return one;
  });
  const grid = element("div", {}, ...numbers);
  grid.style.cssText =
    "display:grid;grid-template-columns:repeat(3,1fr);white-space:nowrap";
  const head = element("div", {}, element("b", {}, name), ` \u2003${deed(run, at)}`);
  return element("div", {}, head, grid);
}

/** The step for those who listen. */
export function stepInWords(result, place) {
  const { reader, run, signs } = result;
  if (place < 0) return "The tape is empty.";
  const units = reader.units.map((name, u) => `${name}: ${deed(run, place * run.units + u)}`);
  const answers = judged(result, place).map(({ text, wrong }) =>
    wrong ? `wrong, ${text}` : text,
  );
  return `${named(signs[place])} at ${place}. ${[...units, ...answers].join(". ")}.`;
}

/** All symbols, states and answers as a table of text. */
export function inText({ reader, run, signs, expected, answers }) {
  const names = reader.readings.map(({ name }) => name);
  const head = [
    "place", "symbol",
    ...reader.units.map((name) => `c ${name}`),
    ...names.flatMap((name) => [`expected ${name}`, `the cell says ${name}`]),
    "right",
  ];
  const rows = [...signs].map((sign, t) => {
    const states = reader.units.map((_, u) => run.c[t * run.units + u].toPrecision(7));
    const said = names.flatMap((_, k) => [expected[k][t], answers[k][t]]);
    const right = names.every((_, k) => expected[k][t] === answers[k][t]);
    return [t, glyph(sign), ...states, ...said, right ? "yes" : "no"];
  });
  return [head, ...rows].map((row) => row.join("\t")).join("\n");
}
