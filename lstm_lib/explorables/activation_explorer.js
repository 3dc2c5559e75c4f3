// One activation with its slope and bend, and a point to move along it.

import {
  FLAT,
  LOOKS,
  describer,
  limits,
  pieces,
  points,
  runs,
  sample,
  samples,
  spot,
} from "./functions.js";
import { ACTIVATIONS, leaky } from "./math.js";
import {
  COLOURS,
  INK,
  announcer,
  answering,
  datum,
  element,
  fitted,
  grip,
  line,
  movable,
  number,
  panel,
  set,
  sheet,
  trait,
  unseen,
  words,
} from "./plot.js";

const STEP = 0.05;
const ROW = 140; // pixels from frame to frame
const [LEFT, RIGHT] = [56, 16]; // pixels beside the frames
let drawings = 0;

function render({ model, el }) {
  const [reach, parts] = [model.get("reach"), model.get("parts")];
  const about = unseen({ id: `about-drawing-${(drawings += 1)}` });
  const svg = element("svg", { height: parts.length * ROW + 40, role: "group" });
  set(svg, { "font-size": 13, "aria-describedby": about.id });
  svg.style.display = "block";
  const handle = grip();
  const readout = element("table", { "aria-label": "Numbers at the point" });
  readout.style.cssText = "margin:4px auto;font-variant-numeric:tabular-nums";
  readout.style.fontSize = "min(14px, 3.9vw)"; // two long names fit a small phone
  const root = sheet(el, svg, readout, about);
  const say = announcer(root);

  let drawn; // what `move` needs of the last `draw`
  const z = () => model.get("z");
  const move = () => {
    place(drawn, z(), handle);
    readout.replaceChildren(...rows(drawn, z()));
  };
  const draw = (width) => {
    const functions = chosen(model);
    drawn = { width, functions, ...curves(svg, functions, parts, reach, width) };
    svg.append(handle);
    set(handle, { "aria-label": `z, the point on ${functions[0].name}` });
    move();
  };
  movable(handle, svg, {
    low: -reach,
    high: reach,
    step: STEP,
    ...trait(model, "z"),
    at: () => drawn.x,
  });
  const stop = fitted(root, draw);
  // Not in `draw`, which a change of the width calls, too.
  const looks = describer(reach);
  const describe = () => (about.textContent = looks(drawn.functions));
  describe();
  const choose = () => {
    draw(drawn.width);
    describe();
  };
  const events = {
    "change:z": move,
    "change:activation_index": choose,
    "change:other_index": choose,
    "change:leak": choose,
  };
  const rest = answering(model, events, () => say(() => inWords(drawn, z())));
  return () => {
    stop();
    rest();
  };
}

/**
 * The functions on show: the chosen one, and another one laid over it, if any.
 *
 * A leaky ReLU whose slope is set has the name that makes it in Python. The frames then
 * have room for all slopes that it may get, so that the line turns in them.
 */
function chosen(model) {
  const indices = [model.get("activation_index"), model.get("other_index") - 1];
  const names = indices.filter((k) => k >= 0).map((k) => model.get("names")[k]);
  return [...new Set(names)].map((name) => {
    const k = model.get("leak");
    if (name !== "leaky_relu" || k === null) return { name, ...ACTIVATIONS[name] };
    const shown = String(Number(k.toPrecision(6))).replace("-", "−");
    const room = model.get("leaks").map(leaky);
    return { name: `leaky(${shown})`, ...leaky(k), room };
  });
}

/** Draw frames and curves; returns what is needed to move the point in them. */
function curves(svg, functions, parts, reach, width) {
  const names = functions.map((f) => f.name).join(" and ");
  const label = `${parts.join(", ")} of ${names}, z from −${reach} to ${reach}`;
  set(svg, { width, "aria-label": label });
  svg.replaceChildren();
  const flat = runs(functions[0], reach, 1601);
  const places = new Map(functions.map((f) => [f, samples(f, reach, 1601)]));
  const panels = parts.map((part, row) => {
    const top = 24 + row * ROW;
    const box = { left: LEFT, right: width - RIGHT, top, bottom: top + ROW - 32 };
    const y = limits(
      functions.flatMap((f) => [
        ...places.get(f).map(f[part]),
        ...(f.room ?? []).flatMap((widest) => [-reach, reach].map(widest[part])),
      ]),
    );
    const options = { title: `${part} of ${names}`, numbers: row === parts.length - 1 };
    const frame = { part, ...panel(box, [-reach, reach], y, options) };
    svg.append(...shades(flat, frame), frame.group, frame.inside);
    functions.forEach((f, k) => {
      for (const piece of pieces(f, reach).map(points(f))) {
        const drawn = piece.map((x) => [frame.x(x), frame.y(f[part](x))]);
        frame.inside.append(element("path", { d: line(drawn), ...LOOKS[k] }));
      }
    });
    return frame;
  });
  const axis = `z (shaded: |slope of ${functions[0].name}| < ${FLAT})`;
  const middle = { "text-anchor": "middle", "aria-hidden": "true" };
  svg.append(words(width / 2, parts.length * ROW + 32, axis, middle));
  return { parts, x: panels[0].x, ...marks(svg, functions, panels) };
}

/** These intervals, in grey. */
function shades(intervals, { x, box }) {
  const [y, height] = [box.top, box.bottom - box.top];
  return intervals.map(([a, b]) =>
    element("rect", { x: x(a), width: x(b) - x(a), y, height, fill: "#EEEEEE" }),
  );
}

/** What moves with the point: a line through all frames, the tangent, dots. */
function marks(svg, functions, panels) {
  const tangents = [];
  const guides = panels.map((frame) => {
    const guide = element("line", { stroke: INK, "stroke-dasharray": "2 3" });
    set(guide, { y1: frame.box.top, y2: frame.box.bottom });
    frame.inside.append(guide);
    if (frame.part === "value") {
      const tangent = element("line", { stroke: COLOURS.f, "stroke-width": 3 });
      frame.inside.append(tangent);
      tangents.push({ frame, tangent });
    }
    return guide;
  });
  // The first function's last, to lie on top.
  const dots = [...functions].reverse().flatMap((f) =>
    panels.map((frame) => {
      const first = f === functions[0];
      const look = { r: 4, fill: first ? INK : "#fff" };
      const dot = element("circle", { ...look, stroke: LOOKS[first ? 0 : 1].stroke });
      return { f, frame, dot };
    }),
  );
  svg.append(...dots.map(({ dot }) => dot));
  return { guides, tangents, dots };
}

/** Put everything that moves to `z`; the tangent hides at a kink. */
function place({ functions: [f], x, guides, tangents, dots }, z, handle) {
  for (const guide of guides) set(guide, { x1: x(z), x2: x(z) });
  for (const { f: one, frame, dot } of dots) {
    set(dot, { cx: x(z), cy: frame.y(one[frame.part](z)) });
  }
  for (const { frame, tangent } of tangents) {
    // At a kink there is none, whatever slope is agreed on.
    set(tangent, { visibility: f.kinks.includes(z) ? "hidden" : "visible" });
    const height = frame.y(f.value(z));
    const [right, up] = [x(1) - x(0), (frame.y(1) - frame.y(0)) * f.slope(z)];
    // About as long on the screen whatever the slope, and within its frame.
    const part = Math.min(60 / Math.hypot(right, up), 30 / Math.abs(up));
    set(tangent, { x1: x(z) - part * right, x2: x(z) + part * right });
    set(tangent, { y1: height - part * up, y2: height + part * up });
  }
  const { dot } = dots.find((one) => one.f === f);
  set(handle, { transform: `translate(${x(z)} ${dot.getAttribute("cy")})` });
  set(handle, { "aria-valuenow": z, "aria-valuetext": spot(z) });
}

/** The numbers at `z` as rows of a table, with a sample of each line. */
function rows({ functions, parts }, z) {
  const head = (scope, style, ...inside) =>
    element("th", { scope, style: `padding:0;${style}` }, ...inside);
  const right = "text-align:right;padding:0 0 0 12px;min-width:min(6.5em,21vw)";
  const left = "text-align:left;white-space:nowrap;min-width:6em";
  const names = functions.map((f, k) => {
    return head("col", right, sample(k), f.name);
  });
  const row = (name, show) => {
    const style = `${right};white-space:nowrap`;
    const cells = functions.map((f) => element("td", { style }, show(f)));
    return element("tr", {}, head("row", left, name), ...cells);
  };
  return [
    element("tr", {}, head("col", left, "at z = ", datum("z", z, spot(z))), ...names),
    ...parts.map((part) => row(part, (f) => datum(`${f.name} ${part}`, f[part](z)))),
    row("saturated", (f) => saturated(f, z)),
  ];
}

/** Whether `f` is saturated at `z`; at a kink its slope is a mere convention. */
function saturated(f, z) {
  if (f.kinks.includes(z)) return "at a kink";
  return Math.abs(f.slope(z)) < FLAT ? "yes" : "no";
}

/** The state of the drawing for those who listen. */
function inWords({ functions, parts }, z) {
  const told = functions.map((f) => {
    const numbers = parts.map((part) => `${part} ${number(f[part](z))}`);
    return `${f.name}: ${numbers.join(", ")}, saturated: ${saturated(f, z)}.`;
  });
  return `At z = ${spot(z)}: ${told.join(" ")}`;
}

export default { render };
