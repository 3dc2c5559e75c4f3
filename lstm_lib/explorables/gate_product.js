// The product of a gate and a candidate, how much times what, over the plane of both
// pre-activations.

import { HALO, limits, spot } from "./functions.js";
import { ACTIVATIONS } from "./math.js";
import {
  COLOURS,
  INK,
  SHADES,
  announcer,
  answering,
  datum,
  element,
  fitted,
  grip,
  line,
  movableInPlane,
  number,
  panel,
  range,
  set,
  sheet,
  ticks,
  unseen,
  words,
} from "./plot.js";
import { reachInWords, reachable } from "./reachable.js";
import { heightsOf, surface } from "./surface.js";
import { underlaid } from "./underlay.js";

const STEP = 0.05;
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 14, 44, 42]; // pixels beside the map
const [TALL, LOW] = [166, 96]; // pixels of what is below the map, and of its frame
const TWO_COLUMNS = 560; // pixels, from which on there are two
const WIDEST = 380; // pixels of the map
const LONGEST = 0.42; // of the map, for the longest arrow
let products = 0;

function render({ model, el }) {
  const place = parts();
  const root = sheet(el, place.both, place.readout, place.about);
  const say = announcer(root);
  const end = model.get("end");
  const at = () => [model.get("z_g"), model.get("z_i")];
  let drawn; // what `move` needs of the last `draw`
  const move = () => drawn.show(...at());
  const draw = (width) => {
    drawn = { width, ...drawing(place, chosen(model), width, end, model) };
    place.ground.append(place.handle);
    move();
  };
  movableInPlane(place.handle, place.ground, {
    low: -end,
    high: end,
    step: STEP,
    get: at,
    put([z_g, z_i]) {
      model.set("z_g", z_g);
      model.set("z_i", z_i);
      model.save_changes();
    },
    at: () => drawn.map,
    diagonal: () => model.get("tied"),
  });
  const stop = fitted(root, draw);
  const choose = () => draw(drawn.width);
  // Whoever moves one of two that are tied moves the other, too. There is nothing to
  // save: who has changed the one does that, or Python has done the same.
  const follow = (one, other) => () => {
    if (model.get("tied")) model.set(other, model.get(one));
    move();
  };
  const tie = () => {
    if (model.get("tied")) model.set("z_i", model.get("z_g"));
    choose();
  };
  const events = {
    "change:z_g": follow("z_g", "z_i"),
    "change:z_i": follow("z_i", "z_g"),
    "change:tied": tie,
    "change:gate_index": choose,
    "change:candidate_index": choose,
  };
  const rest = answering(model, events, () => say(() => inWords(chosen(model), ...at())));
  return () => {
    stop();
    rest();
  };
}

/** The elements that stay whatever is drawn. */
function parts() {
  const about = unseen({ id: `about-product-${(products += 1)}` });
  const ground = element("svg", { role: "group", "aria-describedby": about.id });
  const canvas = element("canvas");
  const [below, beside, reached] = [1, 2, 3].map(() => {
    return element("svg", { "aria-hidden": "true" });
  });
  for (const svg of [ground, below, beside, reached]) {
    set(svg, { "font-size": 13 });
    svg.style.display = "block";
  }
  const both = element("div", {}, underlaid(canvas, ground), below, beside, reached);
  both.style.cssText = "display:flex;flex-wrap:wrap";
  const handle = grip();
  set(handle, { "aria-label": "point: z_g to the right, z_i upward" });
  const readout = element("table", { "aria-label": "Numbers at the point" });
  readout.style.cssText = "margin:4px auto;font-variant-numeric:tabular-nums";
  readout.style.fontSize = "min(14px, 3.6vw)";
  return { about, ground, canvas, below, beside, reached, both, handle, readout };
}

/** What is to be drawn: both functions, how far i·g can reach, and which way. */
function chosen(model) {
  const [gate, candidate] = [model.get("gate_index"), model.get("candidate_index")];
  const named = (k) => {
    const name = model.get("names")[k];
    return { name, ...ACTIVATIONS[name] };
  };
  const [free, tied] = model.get("reaches")[gate][candidate];
  const inForce = model.get("tied") ? "tied" : "free";
  return { i: named(gate), g: named(candidate), ends: { free, tied }, inForce };
}

/** Draw everything; returns the map's frame, and what shows a point in all parts. */
function drawing(place, pair, width, end, model) {
  const two = width >= TWO_COLUMNS;
  const side = Math.min(WIDEST, width - LEFT - (two ? 214 : RIGHT));
  const first = two ? LEFT + side + RIGHT : width;
  const columns = [first, two ? width - first : width];
  place.beside.style.order = two ? 1 : 2;
  place.below.style.order = two ? 2 : 1;
  place.reached.style.order = 3;
  const map = mapped(place, pair, columns[0], side, end, model.get("colours"));
  const across = { left: LEFT, right: LEFT + side, top: TOP, bottom: TOP + LOW };
  const along = { ...across, left: two ? 14 : LEFT, right: columns[1] - 14 };
  if (two) along.bottom = TOP + side;
  const slices = [
    slice(place.below, pair, "g", { box: across, end, width: columns[0] }),
    slice(place.beside, pair, "i", { box: along, end, width: columns[1], upright: two }),
  ];
  set(place.reached, { width: columns[1], height: TALL });
  const mark = reachable(place.reached, columns[1], pair.ends, pair.inForce);
  const tell = numbers(place.readout, pair);
  place.about.textContent = mapInWords(pair, end);
  const show = (z_g, z_i) => {
    const found = product(pair, z_g, z_i);
    map.show(found);
    for (const one of slices) one(found);
    mark(found.product);
    tell(found);
    set(place.handle, { transform: `translate(${map.x(z_g)} ${map.y(z_i)})` });
    const heard = `z_g ${spot(z_g)}, z_i ${spot(z_i)}, product ${number(found.product)}`;
    set(place.handle, { "aria-valuenow": z_g, "aria-valuetext": heard });
  };
  return { map, show };
}

/** The product, what it is made of, and its slopes. */
function product({ i, g }, z_g, z_i) {
  const [much, what] = [i.value(z_i), g.value(z_g)];
  const slopes = { byGate: i.slope(z_i) * what, byCandidate: much * g.slope(z_g) };
  return { z_g, z_i, i: much, g: what, product: much * what, ...slopes };
}

/** The map with its titles, and all that moves on it. */
function mapped(place, pair, width, side, end, colours) {
  const { ground, canvas } = place;
  const label = `i·g = ${pair.i.name}(z_i) · ${pair.g.name}(z_g)`;
  set(ground, { width, height: TOP + side + BOTTOM, "aria-label": label });
  ground.replaceChildren();
  const box = { left: LEFT, right: LEFT + side, top: TOP, bottom: TOP + side };
  const frame = surface(ground, canvas, pair, box, end, colours);
  const middle = { "text-anchor": "middle", "aria-hidden": "true" };
  const [across, up] = [LEFT + side / 2, TOP + side / 2];
  const bold = { "font-weight": 600, "aria-hidden": "true" };
  ground.append(
    written(8, 18, label, bold),
    words(8, 36, "lines of equal i·g, dashed below 0", { "aria-hidden": "true" }),
    written(across, box.bottom + 35, "z_g: what →", { ...middle, fill: SHADES.g }),
    written(0, 0, "z_i: how much →", {
      ...middle,
      fill: SHADES.i,
      transform: `translate(16 ${up}) rotate(-90)`,
    }),
  );
  const guides = guidelines(frame, box);
  if (pair.inForce === "tied") diagonal(frame, end);
  const [right, upward] = [arrow(SHADES.g), arrow(SHADES.i)];
  frame.inside.append(...guides, right, upward);
  const unit = (LONGEST * side) / Math.max(1, steepest(pair, end));
  const show = ({ z_g, z_i, byGate, byCandidate }) => {
    const [x, y] = [frame.x(z_g), frame.y(z_i)];
    set(guides[0], { y1: y, y2: y });
    set(guides[1], { x1: x, x2: x });
    point(right, x, y, unit * byCandidate, 0);
    point(upward, x, y, unit * byGate, -90);
  };
  return { ...frame, show };
}

/** Lines through the point, along which the slices are cut. */
function guidelines(frame, { left, right, top, bottom }) {
  const look = { "stroke-dasharray": "2 3", "stroke-width": 2 };
  const across = element("line", { x1: left, x2: right, stroke: SHADES.g, ...look });
  const up = element("line", { y1: top, y2: bottom, stroke: SHADES.i, ...look });
  return [across, up];
}

/** Draw where both z are one number: the line below what is there, its name above. */
function diagonal({ x, y, inside }, end) {
  const ends = { x1: x(-end), y1: y(-end), x2: x(end), y2: y(end) };
  const rule = element("line", { ...ends, stroke: INK, "stroke-width": 3 });
  const place = `translate(${x(-0.55 * end)} ${y(-0.55 * end)}) rotate(-45)`;
  const look = { "text-anchor": "middle", ...HALO, transform: place };
  inside.prepend(rule);
  inside.append(written(0, -8, "tied: z_i = z_g", look));
}

/** The steepest slope of i·g in the plane, either way. */
function steepest({ i, g }, end) {
  const most = (f) => Math.max(...range(-end, end, 97).map((z) => Math.abs(f(z))));
  return Math.max(most(i.value) * most(g.slope), most(g.value) * most(i.slope));
}

/** An arrow, to be set by `point`. */
function arrow(fill) {
  return element("polygon", { fill, stroke: "#fff", "paint-order": "stroke" });
}

/** Let an arrow start at the knob's edge, and be so long; less than 0 turns it. */
function point(one, x, y, length, turn) {
  const long = Math.abs(length);
  const [start, head] = [8, 8 + long - Math.min(9, long)];
  const half = `${start},-2 ${head},-2 ${head},-6 ${8 + long},0`;
  const mirrored = `${head},6 ${head},2 ${start},2`;
  set(one, { points: `${half} ${mirrored}`, "data-length": length });
  set(one, { visibility: long < 0.5 ? "hidden" : "visible" });
  const turned = turn + (length < 0 ? 180 : 0);
  set(one, { transform: `translate(${x} ${y}) rotate(${turned})` });
}

/**
 * i·g against the pre-activation of `part` while the other one stays; where it is
 * `upright`, that runs upward. Returns what shows it.
 */
function slice(svg, pair, part, { box, end, width, upright = false }) {
  const other = part === "g" ? "i" : "g";
  set(svg, { width, height: box.bottom + (upright ? BOTTOM : TALL - TOP - LOW) });
  svg.replaceChildren();
  const [reach, heights] = [[-end, end], limits(heightsOf(pair, end))];
  // The numbers of an upright one stand at the map beside it.
  const rules = upright ? { heights: ticks(...reach, 7).map((z) => [z, ""]) } : {};
  const frame = panel(box, ...(upright ? [heights, reach] : [reach, heights]), rules);
  const place = (z, height) =>
    upright ? [frame.x(height), frame.y(z)] : [frame.x(z), frame.y(height)];
  const held = words(8, 36, "");
  const [a, b] = [place(-end, 0), place(end, 0)];
  const zero = element("path", { d: line([a, b]), stroke: "#8A8A8A" });
  const path = element("path", { fill: "none", stroke: COLOURS[part] });
  set(path, { "stroke-width": 2.5, "data-slice": part });
  const dot = element("circle", { r: 5, fill: INK, stroke: "#fff" });
  frame.inside.append(zero, path);
  svg.append(frame.group, frame.inside, dot, held);
  const look = { "font-weight": 600, fill: SHADES[part] };
  const both = part === "g" && pair.inForce === "tied";
  if (both) frame.inside.append(alongTheTie(pair, end, place));
  const title = both ? "i·g along z_g; dashed: along the tie" : `i·g along z_${part}`;
  svg.append(written(8, 18, title, look));
  const own = range(-end, end, 193).map((z) => [z, pair[part].value(z)]);
  return (found) => {
    const factor = found[other];
    set(path, { d: line(own.map(([z, value]) => place(z, factor * value))) });
    const [cx, cy] = place(found[`z_${part}`], found.product);
    set(dot, { cx, cy });
    const fixed = `z_${other} = ${spot(found[`z_${other}`])}`;
    held.replaceChildren(...lowered(`with ${fixed}, ${other} = ${number(factor, 3)}`));
  };
}

/** The curve that both factors of one z make. */
function alongTheTie({ i, g }, end, place) {
  const points = range(-end, end, 193).map((z) => place(z, i.value(z) * g.value(z)));
  const look = { fill: "none", stroke: INK, "stroke-width": 2, "data-slice": "tied" };
  return element("path", { d: line(points), "stroke-dasharray": "5 3", ...look });
}

/** Words with z_i and z_g as they are printed. */
function written(x, y, text, attributes) {
  const made = words(x, y, "", attributes);
  made.replaceChildren(...lowered(text));
  return made;
}

/** The pieces of such words, for an svg. */
function lowered(text) {
  return text.split(/_([ig])/).map((piece, k, all) => {
    if (k % 2) return element("tspan", { dy: 3, "font-size": "75%" }, piece);
    return element("tspan", k && all[k] ? { dy: -3 } : {}, piece);
  });
}

/** Fill a table; returns what shows numbers in it. */
function numbers(table, { i, g }) {
  const right = "text-align:right;padding:0 0 0 8px;min-width:min(10em,32vw)";
  const left = "text-align:left;padding:0;white-space:nowrap";
  const head = (scope, style, ...inside) => element("th", { scope, style }, ...inside);
  const data = new Map();
  const cell = (name, attributes, ...before) => {
    data.set(name, datum(name, 0));
    const style = `${right};white-space:nowrap`;
    return element("td", { style, ...attributes }, ...before, data.get(name));
  };
  const row = (title, ...cells) =>
    element("tr", {}, head("row", left, title), ...cells);
  const title = (letter, f) => head("col", right, `${letter} = ${f.name}`);
  const z = (letter) => ["z", element("sub", {}, letter)];
  const input = (letter) => cell(`z_${letter}`, {}, ...z(letter), " = ");
  table.replaceChildren(
    element("tr", {}, head("col", left, "point"), title("g", g), title("i", i)),
    row("input z", input("g"), input("i")),
    row("value", cell("g"), cell("i")),
    row("slope of i·g", cell("by z_g"), cell("by z_i")),
    row("product i·g", cell("i·g", { colspan: 2 })),
  );
  return (found) => {
    const known = { ...found, "i·g": found.product };
    known["by z_i"] = found.byGate;
    known["by z_g"] = found.byCandidate;
    for (const [name, one] of data) {
      set(one, { value: known[name] });
      one.textContent = name.startsWith("z") ? spot(known[name]) : number(known[name]);
    }
  };
}

/** What the map looks like, for those who cannot see it. */
function mapInWords({ i, g, ends, inForce }, end) {
  const corner = (up, right) => number(i.value(up * end) * g.value(right * end), 2);
  const upper = `${corner(1, -1)} on the left and ${corner(1, 1)} on the right`;
  const lower = `${corner(-1, -1)} on the left and ${corner(-1, 1)} on the right`;
  const [free, tied] = [ends.free, ends.tied].map(reachInWords);
  const now = inForce === "tied" ? "They are tied: the point is on the diagonal." : "";
  return (
    `A map of i·g, where i = ${i.name}(z_i) says how much and g = ${g.name}(z_g) says ` +
    `what. z_g goes from −${end} to ${end} to the right, z_i from −${end} to ${end} ` +
    `upward. In the upper corners i·g is ${upper}, in the lower corners ${lower}. ` +
    `While each z is free i·g can come ${free}; tied to one number, ${tied}. ${now}`
  ).trim();
}

/** The state of the drawing for those who listen. */
function inWords(pair, z_g, z_i) {
  const { i, g, product: both, byGate, byCandidate } = product(pair, z_g, z_i);
  const slopes = `slope along z_g ${number(byCandidate)}, along z_i ${number(byGate)}`;
  const tied = pair.inForce === "tied" ? " Both z are tied." : "";
  return (
    `At z_g = ${spot(z_g)}, z_i = ${spot(z_i)}: g ${number(g)}, i ${number(i)}, ` +
    `i·g ${number(both)}, ${slopes}.${tied}`
  );
}

export default { render };
