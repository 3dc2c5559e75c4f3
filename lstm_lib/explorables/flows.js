// The parts of a drawing in which numbers flow: bands, gates, squashes, names.

import { ACTIVATIONS } from "./math.js";
import { COLOURS, INK, SHADES, element, line, range, set, words } from "./plot.js";

const PALE = { c: "#F5CCAD", g: "#B0DFD1", h: "#CCE8F8" }; // between their stripes
const RISE = 20; // pixels from the middle of a squash to its upper and lower edge
// The function of each squash, and how low it gets.
const SQUASHES = {
  σ: [ACTIVATIONS.sigmoid.value, 0],
  tanh: [ACTIVATIONS.tanh.value, -1],
};

/** A band along a line, on a wire that stays where next to nothing flows. */
export function flowing(wires, colour, points, unit) {
  const [d, stroke] = [line(points), COLOURS[colour]];
  const tint = element("path", { d, stroke: PALE[colour] });
  const band = element("path", { d, stroke });
  const wire = { d, stroke: "#777", "stroke-dasharray": "1 3" };
  wires.append(element("path", wire), tint, band);
  return (value) => widen(tint, band, value * unit);
}

/** Give a band its width, and stripes where its number is negative. */
function widen(tint, band, size) {
  const width = Math.abs(size);
  const stripes = size < 0 ? "4 4" : "none";
  set(band, { "stroke-width": width, "stroke-dasharray": stripes });
  set(tint, { "stroke-width": size < 0 ? width : 0 });
}

/** The head of an arrow at the right edge; it grows with its band. */
export function arrow(svg, colour, y, width) {
  const head = element("polygon", { fill: SHADES[colour], "aria-hidden": "true" });
  svg.append(head);
  const [foot, tip] = [width - 17, width - 4];
  return (size) => {
    const half = Math.max(5, Math.abs(size) / 2 + 3);
    const [upper, lower] = [y - half, y + half];
    set(head, { points: `${foot},${upper} ${tip},${y} ${foot},${lower}` });
  };
}

/** A gate: a plate across a flow, that opens, and the line by which it is told to. */
export function plate(svg, name, [x, y], control, unit) {
  const upright = name === "f";
  const reach = upright ? 34 : 17;
  const group = element("g", { "aria-hidden": "true", fill: COLOURS[name] });
  const rod = { d: line(control), fill: "none", "stroke-width": 2 };
  const jaws = [0, 1].map(() => element("rect", { stroke: SHADES[name] }));
  const [endX, endY] = control.at(-1);
  group.append(element("path", { ...rod, stroke: COLOURS[name] }), ...jaws);
  group.append(operation(endX, endY, "×"));
  svg.append(group);
  return (gate, passed) => {
    // Where less than 1 comes, one still sees how far the gate is open.
    const gap = Math.max(Math.abs(passed), gate) * unit;
    const long = reach - gap / 2;
    jaws.forEach((jaw, k) => {
      const start = k ? gap / 2 : -reach;
      const box = upright
        ? { x: x - 3, y: y + start, width: 6, height: long }
        : { x: x + start, y: y - 3, width: long, height: 6 };
      set(jaw, box);
    });
  };
}

/** A squash, "σ" or "tanh": its curve in a box, and a dot where it stands. */
export function squash(svg, name, kind, [x, y], [reach, wide]) {
  const group = element("g", { "aria-hidden": "true" });
  const [f, low] = SQUASHES[kind];
  const at = (z) => [
    x + (z / reach) * (wide - 3),
    y + RISE - 5 - ((f(z) - low) / (1 - low)) * (2 * RISE - 10),
  ];
  const frame = { x: x - wide, y: y - RISE, width: 2 * wide, height: 2 * RISE, rx: 4 };
  const look = { fill: "#fff", stroke: COLOURS[name], "stroke-width": 2 };
  const d = line(range(-reach, reach, 41).map(at));
  const dot = element("circle", { r: 3.5, fill: INK });
  group.append(
    element("rect", { ...frame, ...look }),
    element("path", { d, fill: "none", stroke: COLOURS[name], "stroke-width": 1.5 }),
    words(x - wide + 3, y - RISE + 12, kind, { "font-size": 11, fill: SHADES[name] }),
    dot,
  );
  svg.append(group);
  return (z) => {
    const [cx, cy] = at(z);
    set(dot, { cx, cy });
  };
}

/** What comes into a squash from outside; returns what shows its number. */
export function inlet(svg, name, word, [x, y]) {
  const bottom = y + RISE;
  const stem = { x1: x, x2: x, y1: bottom + 12, y2: bottom, stroke: SHADES[name] };
  const look = { "text-anchor": "middle", "aria-hidden": "true" };
  const z = words(x, bottom + 24, "", { ...look, fill: SHADES[name] });
  const value = element("tspan", { fill: INK, dy: -3 });
  z.append(...symbol(`z_${name}`), value);
  svg.append(element("line", { ...stem, "stroke-width": 2 }), z);
  svg.append(words(x, bottom + 39, word, { ...look, fill: SHADES[name] }));
  return (text) => (value.textContent = text);
}

/** The name of a number and the number below it, beside its wire. */
export function label(svg, colour, name, x, y, anchor = "start") {
  const look = { "text-anchor": anchor, "aria-hidden": "true" };
  const value = words(x, y + 15, "", { ...look, "data-at": name });
  const title = words(x, y, "", { ...look, fill: SHADES[colour], "font-weight": 600 });
  title.append(...symbol(name));
  svg.append(title, value);
  return (text) => (value.textContent = text);
}

/** A symbol with what stands low after its underscore, as parts of words. */
function symbol(name) {
  const [head, low] = name.split("_");
  if (!low) return [head];
  return [head, element("tspan", { dy: 3, "font-size": 11 }, low)];
}

/** An operation between numbers, in a circle. */
export function operation(x, y, sign) {
  const look = { cx: x, cy: y, r: 9, fill: "#EEEEEE", stroke: INK };
  const text = words(x, y + 4.5, sign, { "text-anchor": "middle", "font-size": 14 });
  return element("g", { "aria-hidden": "true" }, element("circle", look), text);
}

/** The number of a part of the step. */
export function disc(x, y, digit) {
  const look = { "text-anchor": "middle", "font-size": 11, "font-weight": 600 };
  const text = words(x, y + 4, digit, { ...look, fill: "#fff" });
  const ground = element("circle", { cx: x, cy: y, r: 8.5, fill: INK });
  return element("g", { "aria-hidden": "true" }, ground, text);
}
