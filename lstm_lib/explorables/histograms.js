// Histograms of what activations give out, one below another on one axis. Shares are
// drawn by their square roots, so that a needle of 60 % leaves a bar of 1 % in sight.

import { EDGES } from "./distribution.js";
import { HALO, INKS, LOOKS, percent, spot } from "./functions.js";
import { INK, element, line, panel, set, words } from "./plot.js";

const [LOW, HIGH] = [EDGES[0], EDGES.at(-1)];
const HEIGHTS = [0, 10, 40, 100].map((share) => [Math.sqrt(share / 100), String(share)]);
const SIDES = { left: 44, right: 16 }; // pixels beside the frames
const ABOVE = 42; // pixels above a frame, for name and mean
const [HEAD, FOOT] = [20, 44]; // pixels above the first and below the last
const SEEN = 0.005; // shares from here on are said
const PLOT = 46; // pixels of a frame, at least

/** A share of 1 in whole per cent; a small one is not rounded to none. */
export function portion(share) {
  const text = percent(share);
  return share > 0 && text === percent(0) ? "<1 %" : text;
}

/** An output, brought to within what is shown of outputs. */
export function within(y) {
  return Math.max(LOW, Math.min(HIGH, y));
}

/** From the lowest to the highest output to be shown, with a bin to spare. */
export function outputAxis(functions, reach) {
  const low = Math.min(...functions.map((f) => within(f.value(-reach))));
  const high = Math.max(...functions.map((f) => within(f.value(reach))));
  return [(Math.floor(10 * low) - 1) / 10, (Math.ceil(10 * high) + 1) / 10];
}

/** Prepare `svg`, `height` pixels high if given; returns what shows summaries in it. */
export function histograms(svg, functions, axis, width, height) {
  const rest = (height || 0) - HEAD - FOOT;
  const tall = Math.min(110, rest / functions.length - ABOVE);
  const plot = Math.max(PLOT, tall);
  const all = HEAD + FOOT + functions.length * (ABOVE + plot);
  set(svg, { width, height: Math.max(all, height || 0) });
  const boxes = functions.map((_, k) => {
    const top = HEAD + ABOVE + k * (ABOVE + plot);
    return { left: SIDES.left, right: width - SIDES.right, top, bottom: top + plot };
  });
  const rows = frames(svg, functions, boxes, axis);
  return (found) => rows.forEach((row, k) => fill(row, found[k]));
}

/** Halves or, on a long axis, whole numbers: the bounds of the functions are such. */
function round([low, high]) {
  const step = high - low < 3 ? 0.5 : 1;
  const count = Math.floor(high / step) - Math.ceil(low / step) + 1;
  return Array.from({ length: count }, (_, k) => (Math.ceil(low / step) + k) * step);
}

/** The frames with their names, and all that moves in them. */
function frames(svg, functions, boxes, axis) {
  const title = "outputs f(z), % in bins of 0.1 (√ scale)";
  const heading = words(8, 14, title, { "font-weight": 600 });
  svg.replaceChildren(heading);
  const [{ left, right }, last] = [boxes[0], boxes.at(-1)];
  const middle = { "text-anchor": "middle" };
  svg.append(words((left + right) / 2, last.bottom + 36, "f(z) (▼ mean)", middle));
  const across = round(axis);
  return functions.map((f, k) => {
    const options = { numbers: boxes[k] === last, heights: HEIGHTS, across };
    const frame = panel(boxes[k], axis, [0, 1], options);
    const y = boxes[k].top - 20;
    const name = words(left + 32, y, f.name, { fill: INKS[f.slot] });
    const key = element("line", { x1: left, x2: left + 26, y1: y - 4, y2: y - 4 });
    const look = LOOKS[f.slot];
    set(key, look);
    const outside = words(right, y, "", { "text-anchor": "end", "font-size": 12 });
    const bars = element("path", { ...look, fill: look.stroke });
    set(bars, { "fill-opacity": 0.25, "stroke-width": 1.5, "stroke-dasharray": "none" });
    frame.inside.append(bars);
    const guide = element("line", { stroke: INK, "stroke-dasharray": "2 3" });
    set(guide, { y1: boxes[k].top, y2: boxes[k].bottom });
    const tip = element("path", { fill: INK });
    const mean = words(0, boxes[k].top - 4, "", { "font-size": 12 });
    const spikes = element("g");
    svg.append(frame.group, frame.inside, name, key, outside, guide, tip, mean, spikes);
    const edges = EDGES.slice(1).map((edge) => frame.x(edge).toFixed(2));
    return { ...frame, look, edges, outside, bars, guide, tip, mean, spikes };
  });
}

/** Show one summary in its frame. */
function fill({ box, x, y, look, edges, ...parts }, { mean, heights, spikes, outside }) {
  // Two digits, as `line` has them; upwards, along the bin, and so on.
  const up = (share) => y(Math.sqrt(share)).toFixed(2);
  const steps = heights.map((share, k) => `V${up(share)}H${edges[k]}`);
  set(parts.bars, { d: `M${x(LOW)} ${y(0)}${steps.join("")}V${y(0)}` });
  const beyond = [` < ${spot(LOW, 0)}`, ` > ${HIGH}`];
  const told = outside.map((share, k) => share >= SEEN && portion(share) + beyond[k]);
  parts.outside.textContent = told.filter(Boolean).join(", ");
  pointTo(mean, { box, x, ...parts });
  const stuck = spikes.filter(([, share]) => share >= SEEN);
  const drawn = stuck.flatMap((one, k) => spike(one, k > 0, look, { box, x, y }));
  parts.spikes.replaceChildren(...drawn);
}

/** Mark the mean above the frame; one that is out of sight, at the frame's end. */
function pointTo(mean, { box, x, guide, tip, mean: text }) {
  const at = Math.max(box.left, Math.min(box.right, x(mean)));
  set(guide, { x1: at, x2: at, visibility: at === x(mean) ? "visible" : "hidden" });
  const [from, to] = [box.top - 12, box.top - 2];
  set(tip, { d: line([[at - 5, from], [at + 5, from], [at, to]]) });
  const onLeft = at > box.right - 50;
  set(text, { x: onLeft ? at - 8 : at + 8, "text-anchor": onLeft ? "end" : "start" });
  const arrow = at < x(mean) ? " →" : at > x(mean) ? " ←" : "";
  text.textContent = `${spot(mean)}${arrow}`;
}

/** A needle for what lies exactly at one value, with its share. */
function spike([value, share], second, { stroke }, { box, x, y }) {
  const [at, up] = [x(value), y(Math.sqrt(share))];
  const needle = element("line", { x1: at, x2: at, y1: y(0), y2: up, stroke });
  set(needle, { "stroke-width": 4 });
  const head = element("circle", { cx: at, cy: up, r: 5, fill: stroke, stroke: "#fff" });
  const text = portion(share);
  const size = 9 + 6.5 * text.length;
  // Beside the needle, and not between two of them where there is room elsewhere.
  const onLeft = second ? at + size > box.right + 12 : at - size > box.left - 8;
  const look = { "text-anchor": onLeft ? "end" : "start", "font-size": 12, ...HALO };
  const height = Math.max(box.top + 10, up + 4);
  return [needle, head, words(onLeft ? at - 9 : at + 9, height, text, look)];
}
