// A text on a tape that a handmade cell reads; each symbol can be looked at.

import { glyph } from "./glyphs.js";
import {
  COLOURS,
  INK,
  announcer,
  answering,
  datum,
  element,
  fitted,
  followKeys,
  followPointer,
  set,
  sheet,
  unseen,
} from "./plot.js";
import { answered, characters, encoded, simulated, withinReach } from "./readers.js";
import { expectedOf } from "./references.js";
import { score } from "./score.js";
import {
  grouped,
  inText,
  prediction,
  reception,
  stepInFull,
  stepInWords,
  verdict,
} from "./told.js";

const PAUSE = 300; // milliseconds, before a long text is written anew
let tapes = 0;

function render({ model, el }) {
  const parts = partsOf();
  const root = sheet(el, ...parts.inside);
  const say = announcer(root);
  let result; // of the last computation
  let layout; // of the last drawing: {show, columns, …, key}
  let start = 0; // of the window
  let margin = 2; // columns that stay in sight beside the one looked at
  let width;
  const last = () => result.signs.length - 1;
  const here = () => {
    const place = model.get("place");
    return place < 0 ? last() : Math.min(place, last());
  };
  const put = (place) => {
    const wanted = Math.max(0, Math.min(last(), place));
    model.set("place", wanted >= last() ? -1 : wanted);
    model.save_changes();
  };

  const move = () => {
    const place = here();
    start = windowed(start, place, layout.columns, last(), margin);
    margin = 2;
    layout.show(result, start, place);
    looked(parts, result, place);
  };
  const renew = () => {
    result = computed(model);
    const { reader, digits } = result;
    const key = [reader.name, digits, width].join();
    if (layout?.key !== key) {
      reserve(parts, result, width);
      layout = { key, ...score(parts.svg, parts.handle, reader, width, digits) };
    }
    told(parts, result);
    move();
  };
  const draw = (now) => {
    width = now;
    renew();
    alphabetOf(parts.alphabet, result.reader, insert);
  };
  const insert = (sign) => {
    const signs = characters(model.get("text"));
    const place = here() + 1;
    signs.splice(place, 0, sign);
    model.set("text", signs.join(""));
    put(place);
  };

  let cell = model.get("cell_index");
  const choose = () => {
    const [examples, before] = [model.get("examples"), cell];
    cell = model.get("cell_index");
    if (model.get("text") === examples[before]) {
      model.set("text", examples[cell]);
      model.save_changes();
    }
    renew();
    alphabetOf(parts.alphabet, result.reader, insert);
  };

  let strip = false; // whether the pointer went down on the line of the whole tape
  parts.svg.addEventListener("pointerdown", (event) => {
    strip = layout.isStrip(event.clientY - parts.svg.getBoundingClientRect().top);
  });
  followPointer(parts.handle, parts.svg, {
    keep: () => model.get("place"),
    put([x]) {
      margin = 0; // nothing runs away from under the pointer
      if (strip) return put(Math.floor(layout.along(x) * (last() + 1)));
      const k = Math.max(-1, Math.min(layout.columns, layout.at(x)));
      return put(start + k);
    },
    restore(place) {
      model.set("place", place);
      model.save_changes();
    },
  });
  const leaps = {
    ArrowRight: () => 1,
    ArrowUp: () => 1,
    ArrowLeft: () => -1,
    ArrowDown: () => -1,
    PageUp: () => layout.columns,
    PageDown: () => -layout.columns,
    Home: () => -Infinity,
    End: () => Infinity,
  };
  followKeys(parts.handle, leaps, (leap) => put(here() + leap()));
  parts.go.addEventListener("click", () => {
    put(result.firstWrong);
    parts.handle.focus({ preventScroll: true });
  });

  const stopList = listing(parts, () => result);
  const stop = fitted(root, draw);
  const events = {
    "change:cell_index": choose,
    "change:text": renew,
    "change:strength": renew,
    "change:place": move,
  };
  const rest = answering(model, events, () => {
    say(() => {
      const { complaint = "" } = reception(result);
      return `${complaint} ${stepInWords(result, here())}`.trim();
    });
    stopList.later();
  });
  return () => {
    stop();
    rest();
    stopList.end();
  };
}

/** Everything that the cell makes of the text. */
function computed(model) {
  const reader = model.get("cells")[model.get("cell_index")];
  const [strength, most] = [model.get("strength"), model.get("most")];
  const all = characters(model.get("text"));
  const taken = all.length > most ? all.slice(0, most) : all;
  const { inputs, refused } = encoded(reader, taken);
  const signs = refused < 0 ? taken : taken.slice(0, refused);
  const run = simulated(reader, strength, inputs);
  const answers = reader.readings.map((reading) => answered(reading, run));
  const expected = expectedOf(reader, signs);
  const wrongs = answers.map((got, k) => got.map((y, t) => Number(y !== expected[k][t])));
  const firsts = wrongs.map((each) => each.indexOf(1)).filter((t) => t >= 0);
  const reach = reader.reaches[model.get("strengths").indexOf(strength)];
  return {
    reader, strength, most, length: all.length, refused, refusedSign: taken[refused],
    inputs, signs, run, answers, expected, wrongs, reach,
    firstWrong: firsts.length ? Math.min(...firsts) : -1,
    within: withinReach(reader, reach, inputs),
    ranges: { c: rangesOf(run.c, run.units), h: rangesOf(run.h, run.units) },
    digits: longest(reader, [...answers, ...expected]),
  };
}

/** From where to where the states of each unit go: 0 included, and 1 or −1. */
function rangesOf(states, units) {
  return Array.from({ length: units }, (_, u) => {
    let [low, high] = [0, 0];
    for (let at = u; at < states.length; at += units) {
      if (states[at] < low) low = states[at];
      if (states[at] > high) high = states[at];
    }
    if (low > -0.05) return [0, Math.max(1, high)];
    return [Math.min(-1, low), Math.max(1, high)];
  });
}

/** How many characters the longest number takes that is to be written in a column. */
function longest({ readings }, answers) {
  let digits = 1;
  answers.forEach((each, k) => {
    const { kind, words } = readings[k % readings.length];
    if (kind !== "round" || words.length) return;
    for (const answer of each) digits = Math.max(digits, written(answer));
  });
  return digits;
}

/** How many characters a whole number takes. */
function written(whole) {
  return String(whole).length;
}

/** The start of a window of so many columns in which a place is, moved if need be. */
function windowed(start, place, columns, last, margin) {
  const beside = Math.min(margin, Math.floor((columns - 1) / 2));
  const lowest = place + beside - columns + 1;
  const moved = Math.max(lowest, Math.min(start, place - beside));
  return Math.max(0, Math.min(moved, last - columns + 1));
}

/** The elements that stay whatever is drawn. */
function partsOf() {
  const about = unseen({ id: `about-tape-${(tapes += 1)}` });
  const svg = element("svg", { role: "group", "aria-label": "The tape" });
  set(svg, { "aria-describedby": about.id });
  svg.style.cssText = "display:block;font-variant-numeric:tabular-nums;direction:ltr";
  const handle = element("g", { tabindex: 0, role: "slider", "aria-label": "symbol" });
  set(handle, { "aria-valuemin": 0 });
  handle.style.outline = "none";
  const ring = (stroke, width) => () =>
    handle.firstChild && set(handle.firstChild, { stroke, "stroke-width": width });
  handle.addEventListener("focus", ring(COLOURS.f, 3));
  handle.addEventListener("keydown", ring(COLOURS.f, 3));
  handle.addEventListener("blur", ring(INK, 2));
  const line = () => element("div", { style: "padding:0 8px" });
  const [alphabet, note, computedLine, predictedLine] = [1, 2, 3, 4].map(line);
  alphabet.style.cssText += ";display:flex;flex-wrap:wrap;gap:6px;align-items:center";
  note.style.marginBottom = "6px";
  note.style.fontSize = "13px";
  const found = element("span");
  const go = element("button", { type: "button", title: "show it" });
  go.style.cssText = "border:0;padding:0;background:none;font:inherit;cursor:pointer";
  go.style.cssText += `;color:${INK};text-decoration:underline;user-select:text`;
  const predicted = element("i");
  computedLine.append(badge("computed", "solid"), found);
  predictedLine.append(badge("predicted", "dashed"), predicted);
  const step = element("div", { role: "group", "aria-label": "The symbol in numbers" });
  step.style.cssText = "padding:6px 8px;font-variant-numeric:tabular-nums";
  step.style.cssText += ";display:grid;gap:4px 16px;align-content:start;box-sizing:content-box";
  step.style.fontSize = "min(13px, 3.4vw)";
  const list = listParts();
  const inside = [
    alphabet, note, svg, computedLine, predictedLine, step, list.details, about,
  ];
  return {
    about, svg, handle, alphabet, note, computedLine, predictedLine, found, go,
    predicted, step, list, inside,
  };
}

/** A word in a frame that says how something is known. */
function badge(word, border) {
  const one = element("span", {}, word);
  one.style.cssText = `border:1px ${border} ${INK};border-radius:9px;padding:0 7px`;
  one.style.cssText += ";margin-right:8px;font-size:12px;display:inline-block";
  return one;
}

/** A button that is large enough for a finger. */
function pressable(text) {
  const one = element("button", { type: "button" }, text);
  one.style.cssText = `min-width:36px;min-height:32px;padding:0 8px;color:${INK}`;
  one.style.cssText += ";background:#fff;border:1px solid #767676;border-radius:4px";
  one.style.cssText += ";font:inherit;cursor:pointer";
  return one;
}

/** Keep room for all that the lines may say, so that nothing below jumps. */
function reserve({ note, computedLine, predictedLine, step }, { reader }, width) {
  const narrow = width < 480;
  const [units, readings] = [reader.units.length, reader.readings.length];
  const lines = (one, count, gaps = 0) =>
    (one.style.minHeight = `calc(${1.5 * count}em + ${2 + 4 * gaps}px)`);
  lines(note, narrow ? (reader.others ? 2 : 3) : 1);
  lines(computedLine, narrow ? 2 + readings : Math.min(2, readings));
  lines(predictedLine, narrow ? 2 : 1);
  const rows = narrow ? units : Math.ceil(units / 2);
  lines(step, 1 + 3 * rows + readings, rows + readings);
  step.style.gridTemplateColumns = narrow || units === 1 ? "1fr" : "1fr 1fr";
}

/** What the cell reads, each symbol as a button that puts it on the tape. */
function alphabetOf(place, { symbols }, insert) {
  const buttons = symbols.flatMap((all) => [...all]).map((sign) => {
    const one = pressable(glyph(sign));
    set(one, { "aria-label": `insert ${glyph(sign)}`, title: "insert behind the frame" });
    one.addEventListener("click", () => insert(sign));
    return one;
  });
  place.replaceChildren("It reads", ...buttons);
}

/** Say what the tape takes, what is right on it, and what was predicted. */
function told(parts, result) {
  const { complaint, note } = reception(result);
  parts.note.textContent = complaint ?? note;
  parts.note.style.fontWeight = complaint ? 600 : "";
  const { fine, first, wrong } = verdict(result);
  if (first) {
    const [before, after] = first;
    parts.go.replaceChildren(before, datum("first wrong", result.firstWrong), after);
  }
  parts.found.style.fontWeight = first ? 700 : "";
  parts.found.replaceChildren(...(fine ? [fine] : [parts.go, wrong]));
  const [before, reach, after] = prediction(result);
  const number = datum("reach", reach, grouped(reach));
  parts.predicted.replaceChildren(before, number, after);
  const { reader, signs } = result;
  parts.list.summary.textContent = `All ${grouped(signs.length)} as text`;
  parts.about.textContent =
    `A score under the text, one column for each symbol. The units of the cell are ` +
    `${reader.units.join(", ")}; each has rows for the gates i, f and o, filled as far ` +
    `as they are open, for the candidate g, the state c and the output h. Below are ` +
    `the expected answers and those of the cell. ${parts.found.textContent} ` +
    `Predicted: ${parts.predicted.textContent} ` +
    `The arrow keys go from symbol to symbol.`;
}

/** Show one symbol in full. */
function looked({ step, handle }, result, place) {
  const empty = place < 0;
  step.replaceChildren(...(empty ? [] : stepInFull(result, place)));
  set(handle, {
    "aria-valuenow": Math.max(0, place),
    "aria-valuemax": Math.max(0, result.signs.length - 1),
    "aria-valuetext": stepInWords(result, place),
  });
}

/** Where the whole result is shown as text, once it is asked for. */
function listParts() {
  const summary = element("summary", { style: "cursor:pointer;padding:4px 0" });
  const field = element("textarea", { readonly: "", rows: 8, wrap: "off" });
  set(field, { "aria-label": "All symbols with states and answers", spellcheck: "false" });
  field.style.cssText = "width:100%;box-sizing:border-box;font:12px/1.4 monospace";
  field.style.cssText += `;color:${INK};background:#fff;direction:ltr`;
  const save = pressable("download");
  const details = element("details", {}, summary, field, save);
  details.style.cssText = "padding:0 8px";
  return { details, summary, field, save };
}

/** Write the whole result when it is to be seen, and again after a change. */
function listing({ list: { details, field, save } }, result) {
  let timer;
  let written; // the result that is there
  const write = () => {
    if (!details.open || written === result()) return;
    written = result();
    field.value = inText(written);
  };
  details.addEventListener("toggle", write);
  save.addEventListener("click", () => {
    write();
    const url = URL.createObjectURL(new Blob([field.value], { type: "text/plain" }));
    element("a", { href: url, download: "tape.txt" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });
  return {
    later() {
      clearTimeout(timer);
      timer = setTimeout(write, PAUSE);
    },
    end: () => clearTimeout(timer),
  };
}

export default { render };
