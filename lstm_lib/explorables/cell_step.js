// One step of an LSTM unit: each flow is as wide as the number that passes.

import {
  arrow,
  disc,
  flowing,
  inlet,
  label,
  operation,
  plate,
  squash,
} from "./flows.js";
import { spot } from "./functions.js";
import { ACTIVATIONS } from "./math.js";
import {
  SHADES,
  announcer,
  answering,
  datum,
  element,
  fitted,
  number,
  set,
  sheet,
  unseen,
  words,
} from "./plot.js";

const GIVEN = ["z_f", "z_i", "z_g", "z_o", "c"];
const GATES = { f: "forget", i: "input", g: "candidate", o: "output" };
// The colours of numbers; those of f, i, g, o, c and h are their own.
const FLOWS = { before: "c", kept: "c", added: "g", shown: "h" };
const HEIGHT = 392;
// From the left, in parts of the width: forget gate, input gate, candidate and sum,
// output gate, the way out.
const COLUMNS = { f: 0.16, i: 0.325, g: 0.49, o: 0.68, out: 0.815 };
// From above: the state, where i and where o meet what they let through, the tanh of
// the state, the squashes of the gates, the output, the key.
const [STATE, IN, OUT, BEND, ROW, END, KEY] = [78, 164, 250, 148, 304, 286, 382];
const NARROW = 480; // pixels, below which lines are stacked
let steps = 0;

function render({ model, el }) {
  const about = unseen({ id: `about-step-${(steps += 1)}` });
  const svg = element("svg", { height: HEIGHT, role: "img" });
  set(svg, { "aria-label": "One step of an LSTM unit", "aria-describedby": about.id });
  svg.style.cssText = "display:block;overflow:visible"; // on the smallest phones
  const told = element("div", { style: "margin:2px 4px 4px;text-align:center" });
  const sums = element("div", { role: "group", "aria-label": "The step in numbers" });
  sums.style.cssText = "display:grid;justify-content:center;gap:0 1em";
  sums.style.fontVariantNumeric = "tabular-nums";
  sums.style.fontSize = "min(14px, 3.4vw)"; // the longest line fits a small phone
  const root = sheet(el, svg, told, sums, about);
  const say = announcer(root);

  let drawn; // what moves, of the last `draw`
  let setting = false; // a preset sets several numbers, and all is drawn once
  const move = () => {
    if (setting) return;
    const now = computed(model);
    place(drawn, now);
    sums.replaceChildren(...equations(now));
    told.replaceChildren(...inWords(now).map((text) => element("div", {}, text)));
    about.textContent = inFull(now);
  };
  const draw = (width) => {
    drawn = wiring(svg, width);
    const [lines, columns] = width < NARROW ? [3, "22em"] : [2, "13em 24em"];
    told.style.minHeight = `${1.5 * lines}em`; // so that nothing below jumps
    sums.style.gridTemplateColumns = columns;
    move();
  };
  const wanted = () => {
    const preset = model.get("presets")[model.get("preset_index")]; // or none
    return Object.entries(preset ?? {});
  };
  const choose = () => {
    setting = true;
    for (const [name, value] of wanted()) model.set(name, value);
    setting = false;
    model.save_changes();
    move();
  };
  const compare = () => {
    if (setting || wanted().every(([name, value]) => model.get(name) === value)) return;
    model.set("preset_index", null);
    model.save_changes();
  };
  const stop = fitted(root, draw);
  const events = { "change:preset_index": choose };
  for (const name of GIVEN) {
    events[`change:${name}`] = () => {
      compare();
      move();
    };
  }
  const rest = answering(model, events, () => say(() => inWords(computed(model)).join(" ")));
  return () => {
    stop();
    rest();
  };
}

/** All numbers of the step, computed as lstm_lib.cell.step does. */
function computed(model) {
  const [z_f, z_i, z_g, z_o, before] = GIVEN.map((name) => model.get(name));
  const { sigmoid: { value: gate }, tanh: { value: bend } } = ACTIVATIONS;
  const [f, i, o] = [z_f, z_i, z_o].map(gate);
  const g = bend(z_g);
  const [kept, added] = [f * before, i * g];
  const c = kept + added;
  const shown = bend(c);
  const z = { f: z_f, i: z_i, g: z_g, o: z_o };
  return { z, f, i, g, o, before, kept, added, c, shown, h: o * shown };
}

/** Three decimals, or as many as it takes for 0.9997 not to read as 1. */
function honest(value) {
  for (let digits = 3; digits < 8; digits += 1) {
    const rounded = Number(value.toFixed(digits));
    if (rounded === value || !Number.isInteger(rounded)) return spot(value, digits);
  }
  return Math.abs(value) < 0.5 ? number(value) : spot(value, 3);
}

/** A share in per cent, which is 100 or 0 only where it is exactly so. */
function share(part) {
  const digits = Math.abs(part - 0.5) > 0.495 ? 2 : 0;
  return `${spot(100 * part, digits)} %`;
}

/** What a slider says, without zeros at its end. */
function plain(value) {
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

/** Draw all that stays; returns what moves. */
function wiring(svg, width) {
  set(svg, { width, "font-size": width < 340 ? 11 : 12 });
  svg.replaceChildren();
  const parts = Object.entries(COLUMNS);
  const x = Object.fromEntries(parts.map(([name, part]) => [name, part * width]));
  const unit = width < NARROW ? 8 : 10; // pixels for 1
  const flows = bands(svg, x, width, unit);
  const heads = { c: arrow(svg, "c", STATE, width), h: arrow(svg, "h", END, width) };
  const rod = (from, y, to) => [[from, ROW], [from, y], [to - 28, y]];
  const plates = {
    f: plate(svg, "f", [x.f, STATE], [[x.f, ROW], [x.f, STATE + 44]], unit),
    i: plate(svg, "i", [x.g, IN], rod(x.i, IN, x.g), unit),
    o: plate(svg, "o", [x.out, OUT], rod(x.o, OUT, x.out), unit),
  };
  svg.append(operation(x.g, STATE, "+"), disc(x.f, 30, 1), disc(x.g, 30, 2));
  svg.append(disc(x.out + 30, OUT, 3));
  const wide = Math.min(31, 0.086 * width); // half of a box for tanh
  const dots = { shown: squash(svg, "h", "tanh", [x.out, BEND], [5.5, wide]) };
  const inlets = {};
  for (const [name, word] of Object.entries(GATES)) {
    const place = [x[name], ROW];
    const [kind, half] = name === "g" ? ["tanh", wide] : ["σ", 0.7 * wide];
    inlets[name] = inlet(svg, name, word, place);
    dots[name] = squash(svg, name, kind, place, [8.5, half]);
  }
  const numbers = labels(svg, x, width);
  key(svg, unit);
  return { unit, flows, heads, plates, dots, inlets, numbers };
}

/** All that flows; what crosses what is drawn later lies below it. */
function bands(svg, x, width, unit) {
  const wires = element("g", { fill: "none", "aria-hidden": "true" });
  svg.append(wires);
  const band = (name, colour, ...points) => {
    const show = flowing(wires, colour, points, unit);
    return (now) => show(now[name]);
  };
  const end = width - 16;
  return [
    band("added", "g", [x.g, IN], [x.g, STATE]),
    band("g", "g", [x.g, ROW], [x.g, IN]),
    band("c", "c", [x.out, STATE], [x.out, BEND]),
    band("before", "c", [6, STATE], [x.f, STATE]),
    band("kept", "c", [x.f, STATE], [x.g, STATE]),
    band("c", "c", [x.g, STATE], [end, STATE]),
    band("shown", "h", [x.out, BEND], [x.out, OUT]),
    band("h", "h", [x.out, OUT], [x.out, END], [end, END]),
  ];
}

/** Names and numbers beside their wires. */
function labels(svg, x, width) {
  const above = STATE - 50;
  if (width >= NARROW) {
    const look = { "text-anchor": "end", "font-size": 11, "aria-hidden": "true" };
    svg.append(words(width - 4, STATE - 32, "to the next step", look));
    svg.append(words(width - 4, END - 12, "to the outside", look));
  }
  return {
    before: label(svg, "c", "c_t−1", 5, above),
    kept: label(svg, "c", "f·c_t−1", (x.f + x.g) / 2, above, "middle"),
    c: label(svg, "c", "c_t", (x.g + width) / 2, above, "middle"),
    f: label(svg, "f", "f", x.f + 8, 150),
    added: label(svg, "g", "i·g", x.g + 12, 126),
    i: label(svg, "i", "i", x.i - 8, 206, "end"),
    g: label(svg, "g", "g", x.g + 12, 200),
    shown: label(svg, "h", "tanh c_t", x.out + 8, 190),
    o: label(svg, "o", "o", x.o - 8, 244, "end"),
    h: label(svg, "h", "h_t", width - 4, END + 19, "end"),
  };
}

/** How wide 1 is, and what −1 and next to nothing look like. */
function key(svg, unit) {
  const wires = element("g", { fill: "none" });
  const group = element("g", { "aria-hidden": "true", "font-size": 11 }, wires);
  const samples = [["1", 1, 22], ["−1", -1, 90], ["next to nothing", 0, 164]];
  for (const [text, value, x] of samples) {
    flowing(wires, "c", [[x, KEY], [x + 24, KEY]], unit)(value);
    group.append(words(x + 30, KEY + 4, text));
  }
  svg.append(group);
}

/** Put everything that moves to where the numbers say. */
function place({ unit, flows, heads, plates, dots, inlets, numbers }, now) {
  for (const show of flows) show(now);
  for (const [name, show] of Object.entries(heads)) show(now[name] * unit);
  plates.f(now.f, now.kept);
  plates.i(now.i, now.added);
  plates.o(now.o, now.h);
  dots.shown(now.c);
  for (const [name, z] of Object.entries(now.z)) {
    dots[name](z);
    inlets[name](` = ${plain(z)}`);
  }
  for (const [name, show] of Object.entries(numbers)) show(honest(now[name]));
}

/** The equations of the step with its numbers, those of squashes first. */
function equations(now) {
  const shown = (name) => {
    const one = datum(name, now[name], honest(now[name]));
    one.style.color = SHADES[FLOWS[name] ?? name];
    return one;
  };
  const second = (name) => (now[name] < 0 ? ["(", shown(name), ")"] : [shown(name)]);
  const row = (...inside) => element("div", { style: "white-space:nowrap" }, ...inside);
  const squashed = Object.entries(now.z).map(([name, z]) => {
    const sign = name === "g" ? "tanh" : "σ";
    return row(...lettered(`${name} = ${sign}(${plain(z)}) = `), shown(name));
  });
  const next = "\u2003= ";
  const products = [
    row(...lettered("c_t = f c_t−1 + i g")),
    row(
      ...[next, shown("f"), " · ", ...second("before")],
      ...[" + ", shown("i"), " · ", ...second("g")],
    ),
    row(next, shown("kept"), " + ", ...second("added"), " = ", shown("c")),
    row(...lettered("h_t = o tanh(c_t) = "), shown("o"), " · tanh(", shown("c"), ")"),
    row(next, shown("o"), " · ", ...second("shown"), " = ", shown("h")),
  ];
  return [element("div", {}, ...squashed), element("div", {}, ...products)];
}

/** Words in which what follows an underscore stands low. */
function lettered(text) {
  return text.split(/(_t−1|_t)/).map((part) =>
    part.startsWith("_") ? element("sub", {}, part.slice(1)) : part,
  );
}

/** What the step does, in two sentences. */
function inWords({ f, i, o, g, before, c, shown, h }) {
  const kept = `Keeps ${share(f)} of ${honest(before)}`;
  const added = `adds ${share(i)} of ${honest(g)}`;
  return [
    `${kept}, ${added}: new state ${honest(c)}.`,
    `Shows ${share(o)} of its tanh, ${honest(shown)}: ${honest(h)}.`,
  ];
}

/** The drawing for those who cannot see it. */
function inFull(now) {
  const [before, f, kept, g, i, added, c, shown, o, h] = [
    "before", "f", "kept", "g", "i", "added", "c", "shown", "o", "h",
  ].map((name) => honest(now[name]));
  return (
    "Numbers flow in bands, each as wide as its number, and striped where that is " +
    `negative. One: the old state ${before} comes from the left; the forget gate, ` +
    `${f} open, lets ${kept} pass. Two: the candidate ${g} comes from below; the input ` +
    `gate, ${i} open, lets ${added} pass, and this is added. The new state ${c} flows ` +
    `on to the right. Three: its tanh is ${shown}; the output gate, ${o} open, lets ` +
    `${h} out. Five boxes show three sigmoids and two tanh, with a dot on each curve.`
  );
}

export default { render };
