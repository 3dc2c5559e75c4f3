// One activation with its slope and bend, and a point to move along it.

import { ACTIVATIONS } from "./math.js";
import {
  COLOURS,
  INK,
  announcer,
  datum,
  element,
  fitted,
  line,
  movable,
  number,
  panel,
  range,
  set,
  words,
} from "./plot.js";

const STEP = 0.05;
const FLAT = 0.01;
const ROW = 140; // pixels from frame to frame
const PARTS = { value: "value f", slope: "slope f′", bend: "bend f″" };
const LOOKS = [
  { stroke: INK, "stroke-width": 2, fill: "none" },
  { stroke: COLOURS.c, "stroke-width": 2, fill: "none", "stroke-dasharray": "7 4" },
];

function render({ model, el }) {
  const reach = model.get("reach");
  const svg = element("svg", { height: 3 * ROW + 36, role: "group", "font-size": 13 });
  svg.style.display = "block";
  const knob = element("circle", { r: 8, fill: INK, stroke: "#fff" });
  // Fingers are wider than the knob.
  const handle = element("g", {}, element("circle", { r: 22, fill: "#0000" }), knob);
  const readout = element("table");
  readout.style.cssText = "margin:0 auto;font-variant-numeric:tabular-nums";
  const root = element("div", {}, svg, readout);
  root.style.cssText = `background:#fff;color:${INK};font:13px/1.6 sans-serif`;
  root.style.padding = "8px 0";
  el.append(root);
  const say = announcer(root);

  let drawn; // what `move` needs of the last `draw`
  const z = () => model.get("z");
  const move = () => {
    place(drawn, z(), handle);
    readout.replaceChildren(...rows(drawn.functions, z()));
  };
  const draw = (width) => {
    drawn = { width, ...curves(svg, chosen(model), reach, width) };
    svg.append(handle);
    move();
  };
  movable(handle, svg, {
    name: "z, the point on the curve",
    low: -reach,
    high: reach,
    step: STEP,
    get: z,
    put(value) {
      model.set("z", value);
      model.save_changes();
    },
    at: () => drawn.panels.value.x,
  });
  const stop = fitted(root, draw);
  const events = {
    "change:z": move,
    "change:activation_index": () => draw(drawn.width),
    "change:other_index": () => draw(drawn.width),
  };
  const tell = () => say(inWords(drawn.functions, z()));
  for (const [name, react] of Object.entries(events)) {
    model.on(name, react);
    model.on(name, tell);
  }
  return () => {
    stop();
    for (const [name, react] of Object.entries(events)) {
      model.off(name, react);
      model.off(name, tell);
    }
  };
}

/** The functions on show: the chosen one, and the one laid over it, if any. */
function chosen(model) {
  const indices = [model.get("activation_index"), model.get("other_index") - 1];
  const names = indices.filter((k) => k >= 0).map((k) => model.get("names")[k]);
  return names.map((name) => ({ name, ...ACTIVATIONS[name] }));
}

/** Draw frames and curves; returns what is needed to move the point in them. */
function curves(svg, functions, reach, width) {
  const names = functions.map((f) => f.name).join(" and ");
  set(svg, { width, "aria-label": `Value, slope and bend of ${names}` });
  svg.replaceChildren();
  const panels = {};
  const fine = range(-reach, reach, 1601);
  Object.entries(PARTS).forEach(([part, title], row) => {
    const top = 24 + row * ROW;
    const box = { left: 52, right: width - 16, top, bottom: top + ROW - 32 };
    const y = limits(functions.flatMap((f) => fine.map(f[part])));
    const frame = panel(box, [-reach, reach], y, { title, numbers: row === 2 });
    panels[part] = frame;
    svg.append(...zones(functions[0], fine, frame), frame.group, frame.inside);
    functions.forEach((f, k) => {
      for (const piece of pieces(f.kinks, reach)) {
        const points = piece.map((x) => [frame.x(x), frame.y(f[part](x))]);
        frame.inside.append(element("path", { d: line(points), ...LOOKS[k] }));
      }
    });
  });
  const axis = "z (shaded: slope within ±0.01 of 0)";
  const middle = { "text-anchor": "middle" };
  svg.append(words((52 + width - 16) / 2, 3 * ROW + 30, axis, middle));
  return { functions, panels, ...marks(svg, functions, panels) };
}

/** Points on the x axis from kink to kink, so that no line hides a jump. */
function pieces(kinks, reach) {
  const ends = [-reach, ...kinks, reach];
  return ends.slice(1).map((end, k) => range(ends[k] + 1e-9, end - 1e-9, 321));
}

/** The range of values with a margin. */
function limits(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = (high - low) * 0.12 || 0.5;
  return [low - margin, high + margin];
}

/** Grey where the slope of `f` is next to nothing. */
function zones(f, fine, { x, box }) {
  const runs = [];
  fine.forEach((z, k) => {
    const flat = (at) => Math.abs(f.slope(at)) < FLAT;
    if (flat(z) && k && flat(fine[k - 1])) runs.at(-1)[1] = z;
    else if (flat(z)) runs.push([z, z]);
  });
  const [y, height] = [box.top, box.bottom - box.top];
  return runs.map(([a, b]) =>
    element("rect", { x: x(a), width: x(b) - x(a), y, height, fill: "#EEEEEE" }),
  );
}

/** What moves with the point: a line through all frames, the tangent, dots. */
function marks(svg, functions, panels) {
  const guide = element("line", { stroke: INK, "stroke-dasharray": "2 3" });
  set(guide, { y1: panels.value.box.top, y2: panels.bend.box.bottom });
  const tangent = element("line", { stroke: COLOURS.f, "stroke-width": 3 });
  panels.value.inside.append(tangent);
  const dots = functions.flatMap((f, k) =>
    Object.keys(PARTS).map((part) => {
      const look = { r: 4, fill: k ? "#fff" : INK, stroke: LOOKS[k].stroke };
      return { f, part, dot: element("circle", look) };
    }),
  );
  svg.append(guide, ...dots.map(({ dot }) => dot));
  return { guide, tangent, dots };
}

/** Put everything that moves to `z`. */
function place({ functions: [f], panels, guide, tangent, dots }, z, handle) {
  const { x, y } = panels.value;
  set(guide, { x1: x(z), x2: x(z) });
  for (const { f: one, part, dot } of dots) {
    set(dot, { cx: x(z), cy: panels[part].y(one[part](z)) });
  }
  const [right, up] = [x(1) - x(0), (y(1) - y(0)) * f.slope(z)];
  const reach = 70 / Math.hypot(right, up); // as long on the screen whatever the slope
  const height = y(f.value(z));
  set(tangent, { x1: x(z) - reach * right, x2: x(z) + reach * right });
  set(tangent, { y1: height - reach * up, y2: height + reach * up });
  set(handle, { transform: `translate(${x(z)} ${height})` });
  set(handle, { "aria-valuenow": z, "aria-valuetext": spot(z) });
}

/** The numbers at `z` as rows of a table, with a sample of each line. */
function rows(functions, z) {
  const head = (scope, ...inside) =>
    element("th", { scope, style: "text-align:left;white-space:nowrap;padding:0" }, ...inside);
  // As wide whatever the number, lest the columns dance.
  const right = { style: "text-align:right;white-space:nowrap;min-width:5.9em;padding:0" };
  const titles = Object.values(PARTS).map((title) => element("th", right, title));
  const found = [element("tr", {}, head("col", "at z = ", datum("z", z, spot(z))), ...titles)];
  functions.forEach((f, k) => {
    const sample = element("svg", { width: 26, height: 10, "aria-hidden": "true" });
    sample.append(element("line", { x1: 0, x2: 22, y1: 5, y2: 5, ...LOOKS[k] }));
    const numbers = Object.keys(PARTS).map((part) =>
      element("td", right, datum(`${f.name} ${part}`, f[part](z))),
    );
    found.push(element("tr", {}, head("row", sample, f.name), ...numbers));
  });
  const whole = { colspan: 4, style: "text-align:center" };
  return [...found, element("tr", {}, element("td", whole, remark(functions[0], z)))];
}

/** `z` to the digits that the point can be moved by. */
function spot(z) {
  return z.toFixed(2).replace("-", "−");
}

/** What there is to say about `f` at `z`. */
function remark(f, z) {
  if (f.kinks.includes(z)) return "A kink: the slope shown here is a convention.";
  if (Math.abs(f.slope(z)) < FLAT) return "Saturated: moving z changes next to nothing.";
  return `Move z by 0.1, and f changes by about ${number(f.slope(z) / 10, 2)}.`;
}

/** The same for those who listen. */
function inWords(functions, z) {
  const told = functions.flatMap((f) => [
    `${f.name}: value ${number(f.value(z))}`,
    `slope ${number(f.slope(z))}`,
    `bend ${number(f.bend(z))}`,
  ]);
  return `At z = ${spot(z)}: ${told.join(", ")}. ${remark(functions[0], z)}`;
}

export default { render };
