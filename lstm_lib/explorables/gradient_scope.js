// How much of a change of one state is left in a later one: curves and a map of pairs.

import { rewrite } from "./data.js";
import { halfLife, keeps } from "./drift.js";
import {
  COLOURS,
  INK,
  announcer,
  answering,
  datum,
  element,
  fitted,
  line,
  movableInPlane,
  number,
  panel,
  range,
  scale,
  set,
  sheet,
  unseen,
  words,
} from "./plot.js";
import { left, quartiles, unpacked, walked } from "./scope.js";
import { underlaid, underlay } from "./underlay.js";

const TWO_COLUMNS = 560; // pixels, from which on there are two
const NARROW = 340; // pixels, below which words take more lines
const [LEFT, RIGHT] = [52, 14]; // pixels beside the curves
const [TOP, LOWER] = [66, 46]; // of frames beside, and of the map below the other one
const MAP = { left: 44, right: 18, most: 312 }; // pixels, and its longest side
const AXIS = 42; // pixels below a frame
const KEY = 40; // and below that, for the key of the map
const DECADES = [-6, 3]; // powers of ten that are told apart
// Pale for the lowest and what is below, vermilion at 0, nearly black at the top.
const TONES = [[-6, [253, 238, 228]], [0, [213, 94, 0]], [3, [51, 20, 0]]];
const FINE = 20; // colours for a power of ten
const PALETTE = palette(); // red, green, blue and opaque each
const TONE_WORDS = new Uint32Array(PALETTE.buffer); // the same, a word each
const HALF = Math.log10(0.5);
const WHOLE = { fill: "none", stroke: COLOURS.c, "stroke-width": 2.5 };
const DIRECT = { fill: "none", stroke: COLOURS.f, "stroke-width": 2.5 };
DIRECT["stroke-dasharray"] = "7 4";
const HELD = { fill: "none", stroke: INK, "stroke-width": 1.5, "stroke-dasharray": "2 3" };
const BAND = { fill: COLOURS.c, "fill-opacity": 0.25 };
const HALO = { stroke: "#fff", "stroke-width": 4, "paint-order": "stroke" }; // of words
const ROWS = {
  held: "σ(b)ⁿ: f held",
  direct: "direct path",
  rest: "the rest",
  whole: "the whole",
};
const HIDDEN = { "aria-hidden": "true" };
let scopes = 0;

function render({ model, el }) {
  const networks = unpacked(model.get("weights"), model.get("units"));
  const place = parts(networks.length, model.get("units"));
  const root = sheet(el, place.both, place.told, place.readout, place.source, place.about);
  const say = announcer(root);
  let drawn; // frames, of the last `draw`
  let all; // of the networks, of the last `compute`
  let found; // that, and the pair
  const at = () => [model.get("s"), model.get("t")];
  const pick = () => {
    found = { ...all, ...picked(all, ...at()), horizon: model.get("horizon") };
    drawn.curves.mark(found);
    drawn.plane.mark(found);
    place.tell(found);
  };
  const show = () => {
    drawn.curves.show(all);
    drawn.plane.show(all);
    pick();
  };
  const compute = () => {
    all = computed(model, networks);
  };
  const curve = () => {
    const { width, bottom } = drawn;
    const ends = { horizon: model.get("horizon"), count: networks.length };
    drawn.curves = curved(place.curves, width, bottom, ends);
    show();
  };
  const draw = (width) => {
    const two = width >= TWO_COLUMNS;
    const wide = two ? Math.round(0.54 * width) : width;
    const room = two ? [width - wide, TOP] : [width, LOWER];
    const plane = mapped(place, room, model.get("shown"));
    const { top, bottom } = plane.box;
    drawn = { plane, width: wide, bottom: TOP + bottom - top };
    const lines = two ? 2 : width < NARROW ? 5 : 4;
    place.told.style.minHeight = `${1.5 * lines}em`; // so that nothing jumps
    curve();
  };
  let setting = false; // the knob sets two numbers, and all is drawn once
  movableInPlane(place.handle, place.ground, {
    low: 1,
    high: model.get("shown"),
    step: 1,
    get: at,
    put([s, t]) {
      setting = true;
      model.set("s", s);
      model.set("t", Math.max(s, t));
      setting = false;
      model.save_changes();
      pick();
      tell();
    },
    at: () => drawn.plane,
    diagonal: () => false,
  });
  const inOrder = (moved, other) => () => {
    if (setting) return;
    if (model.get("s") > model.get("t")) model.set(other, model.get(moved));
    pick();
  };
  const anew = () => {
    compute();
    show();
  };
  const tell = () => {
    if (setting) return;
    say(() => {
      place.describe(found);
      return inWords(found);
    });
  };
  compute();
  const stop = fitted(root, draw);
  place.describe(found);
  const events = {
    "change:kind_index": anew,
    "change:bias": anew,
    "change:gain": anew,
    "change:horizon": curve,
    "change:s": inOrder("s", "t"),
    "change:t": inOrder("t", "s"),
  };
  const rest = answering(model, events, tell);
  return () => {
    stop();
    rest();
  };
}

/** The elements that stay whatever is drawn. */
function parts(count, units) {
  const about = unseen({ id: `about-scope-${(scopes += 1)}` });
  const curves = element("svg", { role: "img", "aria-label": "What is left over the distance" });
  const ground = element("svg", { role: "group", "aria-label": "What is left from step to step" });
  for (const svg of [curves, ground]) {
    set(svg, { "font-size": 12, "aria-describedby": about.id });
    svg.style.display = "block";
  }
  const canvas = element("canvas");
  const both = element("div", {}, curves, underlaid(canvas, ground));
  both.style.cssText = "display:flex;flex-wrap:wrap";
  // A finger needs room to take hold; a mouse shall reach the cells next to the knob.
  const reach = matchMedia("(pointer: coarse)").matches ? 22 : 6;
  const knob = [element("circle", { r: reach, fill: "#0000" }), outlined(12)];
  const handle = element("g", {}, ...knob);
  set(handle, { "aria-label": "pair: from step s to the right, to step t upward" });
  const told = element("div", { style: "margin:4px;text-align:center" });
  const [readout, fill] = table();
  const source = element(
    "div",
    {},
    `All is computed on this page. The weights of the ${count} networks, of ${units} units ` +
      "each, were drawn at random beforehand, in Python; none is trained. They run for 30 steps, at " +
      "which their curves end; the map and the pair are of network 1. A size is the root " +
      "mean square over all directions, and that of the whole is no sum of the others.",
  );
  source.style.cssText = "margin:4px;text-align:center;font-size:12px";
  const tell = (found) => {
    fill(found);
    told.textContent = verdict(found);
    const { s, t } = found;
    set(handle, { "aria-valuenow": s, "aria-valuetext": `from step ${s} to step ${t}` });
  };
  const describe = (found) => {
    about.textContent = inFull(found);
  };
  const outcome = { handle, told, readout, source, tell, describe };
  return { about, curves, ground, canvas, both, ...outcome };
}

/** What is left in all networks over the distance, and in the first for all pairs. */
function computed(model, networks) {
  const kind = model.get("names")[model.get("kind_index")];
  const [bias, gain, x] = ["bias", "gain", "x"].map((name) => model.get(name));
  const traces = networks.map((one) => walked(one, kind, bias, gain, x));
  const found = traces.map((trace) => left(trace, 0, x.length - 1));
  const sizes = new Float64Array(networks.length);
  const spread = (path, n) => {
    for (let k = 0; k < sizes.length; k += 1) sizes[k] = found[k][path][n];
    return quartiles(sizes);
  };
  const whole = x.map((_, n) => spread("whole", n));
  const middle = { whole: whole.map((three) => three[1]) };
  const gated = found[0].direct !== null;
  if (gated) middle.direct = x.map((_, n) => spread("direct", n)[1]);
  const rest = (n) => (gated ? spread("rest", n)[1] : undefined); // no curve shows it
  const pairs = [found[0]];
  for (let s = 1; s < model.get("shown"); s += 1) {
    pairs.push(left(traces[0], s, model.get("shown") - 1));
  }
  const held = gated ? { share: keeps(bias), half: halfLife(bias) } : null;
  const farthest = x.length - 1;
  const count = networks.length;
  return { kind, bias, gain, count, gated, farthest, whole, middle, rest, pairs, held };
}

/** What is left of state s in state t, by each path. */
function picked({ pairs, gated }, s, t) {
  const of = (path) => pairs[s - 1][path][t - s];
  const pair = { whole: of("whole") };
  if (gated) Object.assign(pair, { direct: of("direct"), rest: of("rest") });
  return { s, t, n: t - s, pair };
}

/** The power of ten of a size, not far beyond the frame. */
function power(size) {
  return Math.min(DECADES[1] + 1, Math.max(DECADES[0] - 1, Math.log10(size)));
}

/** A power of ten as readers write it. */
function tenTo(k) {
  return Math.abs(k) < 4 ? String(10 ** k) : number(10 ** k, 2).replace("1 · ", "");
}

/** The frame of what is left over the distance; returns what shows it and the pair. */
function curved(svg, width, bottom, { horizon, count }) {
  set(svg, { width, height: bottom + AXIS });
  svg.replaceChildren();
  const box = { left: LEFT, right: width - RIGHT, top: TOP, bottom };
  const heights = [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3].map((k) => [k, tenTo(k)]);
  const frame = panel(box, [0, horizon], DECADES, { heights });
  const half = { x1: LEFT, x2: box.right, y1: frame.y(HALF), y2: frame.y(HALF) };
  const path = (name, look) => element("path", { ...look, "data-curve": name });
  const lines = { band: path("band", BAND), whole: path("whole", WHOLE) };
  Object.assign(lines, { direct: path("direct", DIRECT), held: path("held", HELD) });
  const after = element("path", { d: "M-5 -9L5 -9L0 0Z", fill: INK });
  frame.inside.append(element("line", { ...half, stroke: INK }));
  frame.inside.append(...Object.values(lines), after);
  const square = outlined(11);
  const label = words(0, frame.y(HALF) - 12, "", { ...HIDDEN, ...HALO, "data-half": "" });
  const middle = { ...HIDDEN, "text-anchor": "middle" };
  const below = words((LEFT + box.right) / 2, bottom + 34, "n = t − s, steps →", middle);
  svg.append(frame.group, frame.inside, square, label, below);
  const shown = legend(svg, count);
  const show = (all) => {
    for (const [name, d] of Object.entries(curvesOf(all, frame, horizon))) {
      set(lines[name], { d });
    }
    shown(all.gated);
    const n = crossing(all.middle.whole);
    const seen = n !== null && n <= horizon;
    const visibility = seen ? "visible" : "hidden";
    const x = frame.x(seen ? n : 0);
    const right = x + 120 > width; // where the words would leave the picture
    set(after, { visibility, transform: `translate(${x} ${frame.y(HALF)})` });
    set(label, { x: x + (right ? -8 : 8), "text-anchor": right ? "end" : "start" });
    label.textContent = seen ? `half after ${number(n, 3)}` : "";
  };
  const mark = ({ n, pair }) => {
    const visibility = n <= horizon ? "visible" : "hidden";
    const [low, high] = DECADES;
    const height = Math.min(high, Math.max(low, power(pair.whole)));
    set(square, { visibility, transform: `translate(${frame.x(n)} ${frame.y(height)})` });
  };
  return { show, mark };
}

/** The paths of all curves, by name. */
function curvesOf({ whole, middle, gated, held }, frame, horizon) {
  const onPage = (sizes) => sizes.map((size, n) => [frame.x(n), frame.y(power(size))]);
  const [low, high] = [0, 2].map((k) => onPage(whole.map((three) => three[k])));
  const found = { band: `${line([...low, ...high.reverse()])}Z` };
  found.whole = line(onPage(middle.whole));
  found.direct = found.held = "M0 0"; // nothing
  if (gated) {
    found.direct = line(onPage(middle.direct));
    const ends = [[0, 0], [horizon, horizon * Math.log10(held.share)]];
    found.held = line(ends.map(([n, k]) => [frame.x(n), frame.y(k)]));
  }
  return found;
}

/** A square to be seen on light and on dark. */
function outlined(side) {
  const size = { x: -side / 2, y: -side / 2, width: side, height: side, fill: "none" };
  const halo = element("rect", { ...size, stroke: "#fff", "stroke-width": 4.5 });
  const rim = element("rect", { ...size, stroke: INK, "stroke-width": 2 });
  return element("g", HIDDEN, halo, rim);
}

/** Say above the curves what they are; returns what hides those that are not there. */
function legend(svg, count) {
  const [group, gates, square] = [element("g", HIDDEN), element("g"), outlined(9)];
  const sample = (into, text, look, x, y) => {
    const area = { x, y: y - 9, width: 20, height: 10, ...look };
    const stroke = { x1: x, x2: x + 20, y1: y - 4, y2: y - 4, ...look };
    const drawn = look === BAND ? element("rect", area) : element("line", stroke);
    into.append(drawn, words(x + 24, y, text));
  };
  group.append(words(8, 16, "what is left of a change after n steps", { "font-weight": 600 }));
  sample(group, "the whole", WHOLE, 8, 36);
  sample(group, `middle half of ${count}`, BAND, 104, 36);
  sample(gates, "direct path", DIRECT, 104, 54);
  sample(gates, "σ(b)ⁿ", HELD, 214, 54);
  set(square, { transform: "translate(18 50)" });
  group.append(square, words(32, 54, "the pair"), gates);
  svg.append(group);
  return (gated) => set(gates, { visibility: gated ? "visible" : "hidden" });
}

/** The colour of a size, by its place among all. */
function tone(size) {
  const k = Math.min(DECADES[1], Math.max(DECADES[0], Math.log10(size)));
  return Math.round((k - DECADES[0]) * FINE);
}

/** The colours of all sizes, from the lowest on, in steps of a part of a decade. */
function palette() {
  const tones = range(...DECADES, (DECADES[1] - DECADES[0]) * FINE + 1).flatMap((k) => {
    const upper = k > 0 ? 2 : 1;
    const [[from, one], [to, other]] = [TONES[upper - 1], TONES[upper]];
    const share = (k - from) / (to - from);
    return [...one.map((part, c) => part + share * (other[c] - part)), 255];
  });
  return Uint8ClampedArray.from(tones);
}

/** The map of all pairs; returns its scales, and what shows it and the pair. */
function mapped({ ground: svg, canvas, handle }, [width, top], count) {
  // Cells of whole pixels, or there are seams.
  const cell = Math.floor(Math.min(width - MAP.left - MAP.right, MAP.most) / count);
  const side = cell * count;
  const box = { left: MAP.left, right: MAP.left + side, top, bottom: top + side };
  set(svg, { width, height: box.bottom + AXIS + KEY });
  const ends = [0.5, count + 0.5];
  const steps = [1, 6, 12, 18, 24];
  const heights = steps.map((k) => [k, String(k)]);
  const frame = panel(box, ends, ends, { across: steps, heights });
  underlay(canvas, frame, count); // a pixel for each pair
  canvas.style.imageRendering = "pixelated";
  svg.replaceChildren(frame.group, ...captions(box), keyed(box), handle);
  return {
    ...frame,
    show: painter(canvas, count),
    mark({ s, t }) {
      set(handle, { transform: `translate(${frame.x(s)} ${frame.y(t)})` });
    },
  };
}

/** What paints what is left of each pair, steps s to the right and steps t upward. */
function painter(canvas, count) {
  const paint = canvas.getContext("2d");
  const image = paint.createImageData(count, count);
  const pixels = new Uint32Array(image.data.buffer);
  return ({ pairs }) => {
    for (let s = 1; s <= count; s += 1) {
      const { whole } = pairs[s - 1];
      for (let t = s; t <= count; t += 1) {
        pixels[(count - t) * count + s - 1] = TONE_WORDS[tone(whole[t - s])];
      }
    }
    paint.putImageData(image, 0, 0);
  };
}

/** The words in and about the map. */
function captions({ left: from, right: to, top, bottom }) {
  const middle = { ...HIDDEN, "text-anchor": "middle" };
  const upright = `translate(12 ${(top + bottom) / 2}) rotate(-90)`;
  const end = { ...HIDDEN, "text-anchor": "end" };
  return [
    words(8, 16, "what is left of step s in step t,", { ...HIDDEN, "font-weight": 600 }),
    words(8, 34, "in the first network: pick a pair", HIDDEN),
    words((from + to) / 2, bottom + 34, "from step s →", middle),
    words(0, 0, "to step t →", { ...middle, transform: upright }),
    words(to - 6, bottom - 26, "what comes later", end),
    words(to - 6, bottom - 10, "changes nothing before", end),
  ];
}

/** The key of the colours. */
function keyed({ left: from, right: to, bottom }) {
  const place = scale(DECADES, [from, to]);
  const y = bottom + 46;
  const group = element("g", { ...HIDDEN, "shape-rendering": "crispEdges" });
  for (let x = from; x < to; x += 2) {
    const size = { x, y, width: 2, height: 10 };
    const at = 4 * tone(10 ** place.invert(x + 1));
    const fill = `rgb(${PALETTE.subarray(at, at + 3).join()})`;
    group.append(element("rect", { ...size, fill }));
  }
  const frame = { x: from, y, width: to - from, height: 10, fill: "none", stroke: "#8A8A8A" };
  group.append(element("rect", frame));
  for (const k of [-6, -3, 0, 3]) {
    group.append(words(place(k), y + 25, tenTo(k), { "text-anchor": "middle" }));
  }
  return group;
}

/** After how many steps the line through sizes, on a log scale, first falls to half. */
function crossing(sizes) {
  const n = sizes.findIndex((size) => size <= 0.5);
  if (n < 0) return null;
  const [before, after] = [sizes[n - 1], sizes[n]];
  return n - (after && Math.log(0.5 / after) / Math.log(before / after));
}

/** A table of what is left by each path; and what fills it. */
function table() {
  const look = "padding:0 4px 0 8px;text-align:right;white-space:nowrap";
  const first = "padding:0 0 0 4px;text-align:left;font-weight:400;white-space:nowrap";
  const head = (text) => {
    const style = `${look};white-space:normal;line-height:1.25;vertical-align:bottom`;
    return element("th", { scope: "col", style }, text);
  };
  const made = element("table", { style: "margin:0 auto;border-collapse:collapse" });
  made.style.cssText += ";font-variant-numeric:tabular-nums;font-size:min(14px,3.5vw)";
  made.style.cssText += ";table-layout:fixed;width:min(100%,36em)";
  const body = element("tbody");
  const after = head("");
  const heads = [element("td", { style: "width:7.5em" }), head("half-life, steps")];
  made.append(element("tr", {}, ...heads, after, head("the pair")), body);
  const rows = Object.entries(ROWS).map(([path, title]) => {
    const cells = ["half-life", "median", "pair"].map((part) => slot(`${path} ${part}`, look));
    const name = element("th", { scope: "row", style: first }, title);
    body.append(element("tr", {}, name, ...cells.map(({ cell }) => cell)));
    return [path, cells];
  });
  const distance = datum("n", 0);
  after.append("median after ", distance, " steps");
  const fill = (found) => {
    rewrite(distance, found.n);
    for (const [path, cells] of rows) {
      const values = row(found, path);
      cells.forEach(({ show }, k) => show(values[k], `> ${found.farthest}`));
    }
  };
  return [made, fill];
}

/** A cell, and what shows a number there, or a dash for undefined, or for null `never`. */
function slot(name, style) {
  const [cell, shown] = [element("td", { style }), datum(name, 0)];
  const show = (value, never) => {
    if (value === undefined || value === null) {
      cell.textContent = value === null ? never : "–";
    } else {
      rewrite(shown, value);
      if (shown.parentNode !== cell) cell.replaceChildren(shown);
    }
  };
  return { cell, show };
}

/** Half-life (null if it is not reached), median and pair of a path, where known. */
function row({ held, middle, rest, pair, n }, path) {
  if (path === "held") return held ? [held.half, held.share ** n, undefined] : [];
  if (path === "rest") return [undefined, rest(n), pair.rest];
  const sizes = middle[path];
  return sizes ? [crossing(sizes), sizes[n], pair[path]] : [];
}

/** What is left for the pair, in a sentence or two. */
function verdict({ kind, s, t, pair, gated }) {
  if (s === t) return `From step ${s} to itself: all is left.`;
  const [whole, direct] = [pair.whole, pair.direct ?? 0].map(sized);
  const grown = `a change grows to ${whole} times its size`;
  const fate = pair.whole > 1 ? grown : `${whole} of a change is left`;
  const found = `From step ${s} to step ${t}, ${fate}`;
  if (!gated) return `${found}. There is no forget gate that b could open, and no direct path.`;
  if (!pair.rest) return `${found}, all by the direct path: U has no part in it.`;
  const sense = pair.whole > pair.direct ? "add to" : "take from";
  return `${found}, by the direct path alone ${direct}: those through the gates ${sense} it.`;
}

/** A size with three digits, which stay together. */
function sized(value) {
  return number(value, 3).replaceAll(" ", "\u00a0");
}

/** The outcome for those who listen. */
function inWords(found) {
  const half = crossing(found.middle.whole);
  const after = half === null ? `more than ${found.farthest}` : number(half, 3);
  return `${found.kind}. ${verdict(found)} Half-life, median network: ${after} steps.`;
}

/** What both drawings show, for those who cannot see them. */
function inFull(found) {
  const { kind, bias, gain, count, gated, middle, whole, held, horizon } = found;
  const at = [10, 20, 30].map((n) => {
    const [low, , high] = whole[n].map((size) => number(size, 2));
    return `${number(middle.whole[n], 2)} after ${n} steps (${low} to ${high})`;
  });
  const direct = gated
    ? `By the direct path, dashed: ${number(middle.direct[10], 2)} after 10 and ` +
      `${number(middle.direct[30], 2)} after 30. Dotted, for a forget gate held at ` +
      `${number(held.share)}: ${number(held.share ** horizon, 2)} after ${horizon}. `
    : "";
  const bent = gated ? `forget bias ${number(bias, 2)}, ` : "";
  return (
    `Curves of what is left of a change, on a scale of powers of ten. ${kind}, ${bent}` +
    `recurrent weights times ${number(gain, 2)}: in the middle one of ${count} networks, with ` +
    `the middle half in brackets, ${at.join(", ")}. ${direct}A map of all pairs of 24 ` +
    "steps of the first network, the darker the more is left: what is left falls or " +
    `grows with the distance from the diagonal. ${verdict(found)}`
  );
}

export default { render };
