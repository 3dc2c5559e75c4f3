// The score of a run under its text: a column for each symbol, a row for each quantity
// of each unit and for each answer. Only the columns of a window are drawn.

import { glyph } from "./glyphs.js";
import { COLOURS, GRID, INK, SHADES, element, set, words } from "./plot.js";

const NARROW = 480; // pixels, below which names are letters
const [FLAG, PLACES, SIGNS, TOP] = [10, 24, 44, 54]; // heights of lines of words
const QUANTITIES = {
  i: { word: "input gate", height: 20 },
  f: { word: "forget gate", height: 20 },
  g: { word: "candidate", height: 26, ends: [-1, 1] },
  o: { word: "output gate", height: 20 },
  c: { word: "state", height: 36 },
  h: { word: "shown", height: 26 },
};
const OPEN = [0, 1]; // the ends of a gate
const PALE = "#F0F0F0";

/**
 * Lay out the score of a reader in an svg; returns `columns`, how many symbols a window
 * shows, `at`, which of them is at a pixel, and `show(result, start, place)`.
 *
 * handle: the frame around the symbol that is looked at; digits: of the longest number
 * to be written in a column.
 */
export function score(svg, handle, reader, width, digits) {
  const narrow = width < NARROW;
  const [left, right] = narrow ? [62, 30] : [112, 34];
  const wide = Math.max(narrow ? 20 : 18, 6.4 * digits + 5);
  const columns = Math.max(1, Math.floor((width - left - right) / wide));
  const { rows, bottom } = planned(reader);
  const sheet = { left, wide, columns, bottom, end: left + wide * columns };
  const pen = pens(svg, sheet, rows, narrow);
  const headings = headed(rows);
  const frame = element("rect", { y: PLACES + 4, height: bottom - PLACES - 4, rx: 3 });
  set(frame, { width: wide, fill: "none", stroke: INK, "stroke-width": 2 });
  handle.replaceChildren(frame);
  const strip = overview(svg, sheet);
  svg.append(handle, headings);
  set(svg, { width, height: bottom + 30 });
  let drawn = []; // the result and the start of its window
  const show = (result, start, place) => {
    if (drawn[0] !== result || drawn[1] !== start) pen(result, start);
    drawn = [result, start];
    handle.style.display = place < 0 ? "none" : "";
    set(frame, { x: left + (place - start) * wide });
    strip(result.signs.length, start, place, result.firstWrong);
  };
  return {
    columns,
    show,
    at: (x) => Math.floor((x - left) / wide),
    isStrip: (y) => y > bottom + 3,
    along: (x) => (x - left) / (sheet.end - left),
  };
}

/** All rows from above, and where they end. */
function planned({ units, readings }) {
  const rows = [];
  let y = TOP;
  const add = (height, row, gap = 4) => {
    rows.push({ ...row, y, height });
    y += height + gap;
  };
  const size = 1 / Math.sqrt(units.length);
  units.forEach((title, unit) => {
    add(14, { heading: `unit: ${title}` }, 2);
    for (const [letter, { word, height, ends }] of Object.entries(QUANTITIES)) {
      add(Math.round(height * size), { letter, word, unit, ends });
    }
  });
  readings.forEach(({ name }, answer) => {
    add(14, { heading: `answer: ${name}` }, 2);
    add(16, { answer, from: "expected", word: "expected" }, 2);
    add(16, { answer, from: "answers", word: "the cell" });
  });
  add(10, { predicted: true, word: "predicted" }, 2);
  return { rows, bottom: y };
}

/** The names of units and answers, over all else, for they may be long. */
function headed(rows) {
  const look = { "font-weight": 600, "paint-order": "stroke", stroke: "#fff" };
  const made = rows
    .filter(({ heading }) => heading)
    .map(({ heading, y }) => words(8, y + 11, heading, { ...look, "stroke-width": 3 }));
  const group = element("g", { "aria-hidden": "true", "font-size": 11 }, ...made);
  group.style.pointerEvents = "none";
  return group;
}

/** Draw what stays; returns what draws a window. */
function pens(svg, sheet, rows, narrow) {
  const still = element("g", { "aria-hidden": "true", "font-size": 11 });
  const moving = element("g", { "aria-hidden": "true", "font-size": 11 });
  const bands = element("path", { fill: PALE });
  svg.replaceChildren(bands, still, moving);
  const draw = [banded(bands, sheet), texts(moving, sheet)];
  for (const row of rows) {
    if (row.heading) continue;
    still.append(...titled(row, sheet, narrow));
    if (row.letter) draw.push(quantity(moving, row, sheet));
    else if (row.predicted) draw.push(predicted(moving, row, sheet));
    else draw.push(answers(moving, row, sheet));
  }
  const { y } = rows.find((row) => row.answer === 0);
  draw.push(flagged(moving, sheet, y));
  return (result, start) => {
    const count = Math.max(0, Math.min(sheet.columns, result.signs.length - start));
    for (const one of draw) one(result, start, count);
  };
}

/** The name of a row, and the lines along it. */
function titled({ letter, word, y, height, answer }, { left, end }, narrow) {
  const middle = y + height / 2 + 4;
  const rule = (at, stroke) =>
    element("line", { x1: left, x2: end, y1: at, y2: at, stroke });
  const name = words(left - 8, middle, "", { "text-anchor": "end" });
  if (letter) {
    const look = { fill: SHADES[letter], "font-weight": 700, "font-size": 13 };
    if (!narrow) name.append(element("tspan", { fill: INK }, `${word}  `));
    name.append(element("tspan", look, letter));
    return [rule(y, GRID), rule(y + height, GRID), name];
  }
  name.textContent = word;
  if (answer === undefined) set(name, { "font-style": "italic" });
  return [name];
}

/** A band behind each symbol that switches an input on, where others do not. */
function banded(path, { left, wide, bottom }) {
  return ({ inputs, reader }, start, count) => {
    let d = "";
    for (let k = 0; reader.others && k < count; k += 1) {
      if (inputs[start + k] < 0) continue;
      d += `M${left + k * wide} ${PLACES + 4}h${wide}V${bottom}h${-wide}z`;
    }
    set(path, { d });
  };
}

/** So many words in a row, at `y`; returns what writes them: [[x, text], …]. */
function lineOf(group, y, look) {
  const made = [];
  return (wanted) => {
    while (made.length < wanted.length) {
      const one = words(0, y, "", { "text-anchor": "middle", ...look });
      made.push({ one, x: 0, text: "" });
      group.append(one);
    }
    made.forEach((kept, k) => {
      const [x, text] = wanted[k] ?? [kept.x, ""];
      if (kept.x !== x) set(kept.one, { x });
      if (kept.text !== text) kept.one.textContent = text;
      Object.assign(kept, { x, text });
    });
  };
}

/** The symbols themselves, each in its column, and the numbers of their places. */
function texts(group, { left, wide, columns }) {
  const places = lineOf(group, PLACES, { fill: "#595959" });
  const signs = Array.from({ length: columns }, (_, k) => {
    // An svg within an svg shows nothing beyond its edges.
    const box = { x: left + k * wide, y: PLACES + 4, width: wide, height: 26 };
    const look = { "text-anchor": "middle", "font-size": 15, direction: "ltr" };
    const one = words(wide / 2, SIGNS - PLACES - 4, "", look);
    one.style.unicodeBidi = "isolate-override";
    group.append(element("svg", { ...box, overflow: "hidden" }, one));
    return one;
  });
  return (result, start, count) => {
    const numbered = [];
    signs.forEach((one, k) => {
      const text = k < count ? glyph(result.signs[start + k]) : "";
      if (one.textContent !== text) one.textContent = text;
      if (k < count && (start + k) % 5 === 0) {
        numbered.push([left + (k + 0.5) * wide, String(start + k)]);
      }
    });
    places(numbered);
  };
}

/** One quantity: bars from its 0, and the ends of its scale where that changes. */
function quantity(group, { letter, unit, ends, y, height }, { left, wide, end }) {
  const bars = element("path", { fill: COLOURS[letter], "data-row": letter });
  const zero = element("path", { stroke: "#8A8A8A" });
  group.append(bars, zero);
  const look = { "font-size": 10, fill: SHADES[letter] };
  const scaled = letter === "c" || letter === "h";
  const top = words(end + 4, y + 7, "", look);
  const low = words(end + 4, y + height + 2, "", look);
  if (height > 16 && scaled) group.append(top, low); // else there is no room
  return ({ run, ranges }, start, count) => {
    const [from, to] = scaled ? ranges[letter][unit] : (ends ?? OPEN);
    const size = height / (to - from);
    const level = y + height + from * size;
    let d = "";
    for (let k = 0; k < count; k += 1) {
      const long = run[letter][(start + k) * run.units + unit] * size;
      if (Math.abs(long) < 0.05) continue;
      const x = left + k * wide + 0.5;
      d += `M${x} ${level.toFixed(2)}v${(-long).toFixed(2)}h${wide - 1}V${level.toFixed(2)}z`;
    }
    set(bars, { d });
    set(zero, { d: `M${left} ${level.toFixed(2)}H${end}` });
    if (!scaled) return;
    top.textContent = endOf(to);
    low.textContent = from ? endOf(from) : "";
  };
}

/** The end of a scale. */
function endOf(value) {
  return String(Number(value.toPrecision(2))).replace("-", "−");
}

/** Answers: bars for yes, words for a number; a frame around those that are wrong. */
function answers(group, { answer, from, y, height }, { left, wide }) {
  const bars = element("path", { fill: from === "answers" ? INK : "#767676" });
  const wrong = element("path", { fill: "#FFF", stroke: INK, "stroke-width": 1.5 });
  group.append(wrong, bars);
  const write = lineOf(group, y + 12, {});
  return ({ reader, [from]: all, wrongs }, start, count) => {
    const said = all[answer].subarray(start, start + count);
    const off = from === "answers" ? wrongs[answer].subarray(start, start + count) : [];
    const { kind, words: known } = reader.readings[answer];
    let [d, frames] = ["", ""];
    for (const [k, next] of runsOf(said, off, kind === "round" && !known.length)) {
      const [x, w] = [left + k * wide, wide * (next - k)];
      const tall = height - 2;
      if (off[k]) frames += `M${x + 1} ${y + 1}h${w - 2}v${tall}h${2 - w}z`;
      if (kind === "round") continue;
      for (let at = x; off[k] && at < x + w - 1; at += wide) {
        frames += `M${at + 1} ${y + 1}l${wide - 2} ${tall}m0 ${-tall}l${2 - wide} ${tall}`;
      }
      const inset = off[k] ? 5 : 2;
      if (said[k]) d += `M${x} ${y + inset}h${w}v${height - 2 * inset}h${-w}z`;
      else d += `M${x} ${y + height - 3}h${w}v1h${-w}z`;
    }
    set(bars, { d });
    set(wrong, { d: frames });
    if (kind === "round") write(labels(known, said, left, wide));
  };
}

/** Where equal answers that are equally right begin and end, or each one alone. */
function* runsOf(said, off, alone) {
  for (let k = 0, next; k < said.length; k = next) {
    next = k + 1;
    const same = () => said[next] === said[k] && off[next] === off[k];
    while (!alone && next < said.length && same()) next += 1;
    yield [k, next];
  }
}

/** What is written in a row of answers: each number, and each word once. */
function labels(known, said, left, wide) {
  const names = new Map(known);
  return [...runsOf(said, [], !known.length)].map(([k, next]) => {
    const room = wide * (next - k);
    const text = names.get(said[k]) ?? String(said[k]).replace("-", "−");
    const fits = !known.length || room > 6.4 * text.length;
    return [left + k * wide + room / 2, fits ? text : text[0]];
  });
}

/** A dotted line as far as the answers are predicted to be right. */
function predicted(group, { y, height }, { left, wide }) {
  const look = { stroke: INK, "stroke-width": 2, "stroke-dasharray": "1 3" };
  const path = element("path", look);
  group.append(path);
  return ({ within }, start, count) => {
    let d = "";
    for (let k = 0; k < count; k += 1) {
      if (within[start + k]) d += `M${left + k * wide + 1} ${y + height / 2}h${wide - 2}`;
    }
    set(path, { d });
  };
}

/** A flag on the first symbol that is answered wrongly. */
function flagged(group, { left, wide, columns }, end) {
  const pole = element("path", { stroke: "#767676", "stroke-dasharray": "4 3" });
  const flag = words(0, FLAG, "", { "font-weight": 700 });
  group.append(pole, flag);
  return ({ firstWrong }, start) => {
    const k = firstWrong - start;
    const seen = firstWrong >= 0 && k >= 0 && k < columns;
    const x = left + (k + 0.5) * wide;
    const half = k < columns / 2;
    set(pole, { d: seen ? `M${x} ${FLAG + 3}V${PLACES - 10}M${x} ${SIGNS + 5}V${end}` : "" });
    set(flag, { x: half ? x - 5 : x + 5, "text-anchor": half ? "start" : "end" });
    flag.textContent = seen ? (half ? "▼ first wrong" : "first wrong ▼") : "";
  };
}

/** The whole tape as a thin line with the window, and where the first wrong one is. */
function overview(svg, { left, end, bottom, columns }) {
  const y = bottom + 16;
  const group = element("g", { "aria-hidden": "true", "font-size": 11 });
  const line = { x1: left, x2: end, y1: y, y2: y, stroke: "#8A8A8A" };
  const part = element("rect", { y: y - 5, height: 10, rx: 3, fill: "#D5D5D5" });
  set(part, { stroke: "#767676" });
  const here = element("rect", { y: y - 8, width: 3, height: 16, fill: INK });
  const wrong = words(0, y + 14, "▲", { "text-anchor": "middle", "font-size": 10 });
  const name = words(left - 8, y + 4, "all", { "text-anchor": "end" });
  group.append(element("line", line), part, here, wrong, name);
  svg.append(group);
  return (total, start, place, firstWrong) => {
    const at = (k) => left + ((end - left) * k) / Math.max(1, total);
    const last = Math.min(total, start + columns);
    set(part, { x: at(start), width: Math.max(3, at(last) - at(start)) });
    set(here, { x: Math.min(end - 3, at(place + 0.5) - 1.5) });
    set(wrong, { x: at(firstWrong + 0.5) });
    here.style.display = place < 0 ? "none" : "";
    wrong.style.display = firstWrong < 0 ? "none" : "";
  };
}
