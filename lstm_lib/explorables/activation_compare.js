// Two to four activations, and what they make of a normally distributed input.

import { rewrite } from "./data.js";
import { summary } from "./distribution.js";
import {
  FLAT,
  HALO,
  INKS,
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
import { histograms, outputAxis, portion, within } from "./histograms.js";
import { ACTIVATIONS } from "./math.js";
import {
  INK,
  announcer,
  answering,
  datum,
  element,
  fitted,
  grip,
  line,
  movable,
  panel,
  range,
  set,
  sheet,
  trait,
  unseen,
  words,
} from "./plot.js";

const PARTS = ["value", "slope", "bend"];
const MENUS = ["first", "second", "third", "fourth"];
const STEP = 0.05;
const TOPS = [24, 174, 282]; // pixels from above to the frames
const TALL = [118, 76, 76];
const RISE = [0.45, 0.9]; // of a frame: the hill, where the spread is 1, and at most
const STRIP = 15; // pixels for each function, to show where it is dead
const [LEFT, RIGHT] = [44, 46]; // pixels beside the frames
const TWO_COLUMNS = 600; // pixels, from which on there are two
// The density of the inputs; 100 pixels high, and as wide as each standard deviation.
const HILL = range(-4, 4, 81).map((at) => [100 * at, -100 * Math.exp(-(at ** 2) / 2)]);
const INPUTS =
  "A grey hill is the density of the inputs. A dot marks their mean, and a thick line " +
  "through it reaches one spread to each side.";
let comparisons = 0;

function render({ model, el }) {
  const about = unseen({ id: `about-comparison-${(comparisons += 1)}` });
  const ground = element("svg", { role: "group", "aria-describedby": about.id });
  const outputs = element("svg", { "aria-hidden": "true" });
  for (const svg of [ground, outputs]) set(svg, { "font-size": 13 });
  const both = element("div", {}, ground, outputs);
  both.style.cssText = "display:flex;flex-wrap:wrap";
  const handle = grip();
  set(handle, { "aria-label": "mean of the input" });
  const readout = element("table", { "aria-label": "Numbers of input and outputs" });
  readout.style.cssText = "margin:4px auto;font-variant-numeric:tabular-nums";
  readout.style.cssText += ";border-collapse:collapse";
  readout.style.fontSize = "min(14px, 3.4vw)"; // five columns fit a small phone
  const twice = element("p", { style: "margin:0 8px;text-align:center" });
  const root = sheet(el, both, readout, twice, about);
  const say = announcer(root);

  const [reach, [low, high]] = [model.get("reach"), model.get("means")];
  const input = () => [model.get("mean"), model.get("spread")];
  let drawn; // what `move` needs of the last `draw`
  const move = () => {
    drawn.found = drawn.functions.map((f) => summary(f, ...input()));
    place(drawn, ...input(), handle);
    drawn.show(drawn.found);
    drawn.tell(drawn.found, ...input());
  };
  const draw = (width) => {
    const [two, functions] = [width >= TWO_COLUMNS, chosen(model)];
    const column = two ? width / 2 : width;
    const left = curves(ground, functions, reach, column);
    const axis = outputAxis(functions, reach);
    const show = histograms(outputs, functions, axis, column, two && left.height);
    const tell = numbers(readout, functions);
    drawn = { width, functions, show, tell, ...left };
    ground.append(handle);
    move();
  };
  movable(handle, ground, {
    low,
    high,
    step: STEP,
    ...trait(model, "mean"),
    at: () => drawn.x,
  });
  const stop = fitted(root, draw);
  // Not in `draw`, which a change of the width calls, too.
  const looks = describer(reach);
  const describe = () => {
    about.textContent = `${looks(drawn.functions)} ${INPUTS}`;
    twice.textContent = repeated(model);
  };
  describe();
  const choose = () => {
    draw(drawn.width);
    describe();
  };
  const events = { "change:mean": move, "change:spread": move };
  for (const menu of MENUS) events[`change:${menu}_index`] = choose;
  const rest = answering(model, events, () => say(() => inWords(drawn, ...input())));
  return () => {
    stop();
    rest();
  };
}

/** The name in each menu; in the last two, which may say "none", it may be missing. */
function named(model) {
  const indices = MENUS.map((menu, k) => model.get(`${menu}_index`) - (k > 1));
  return indices.map((k) => model.get("names")[k]);
}

/** The functions on show, each once, with the place of its menu: so it is drawn. */
function chosen(model) {
  return named(model).flatMap((name, slot, all) =>
    name && all.indexOf(name) === slot ? [{ name, slot, ...ACTIVATIONS[name] }] : [],
  );
}

/** What is said of functions that more than one menu shows. */
function repeated(model) {
  const again = named(model).filter((name, k, all) => name && all.indexOf(name) < k);
  const told = [...new Set(again)].map((name) => `${name} is chosen more than once`);
  return told.map((text) => `${text}, and drawn once.`).join(" ");
}

/** Draw frames and curves; returns what is needed to move the input under them. */
function curves(svg, functions, reach, width) {
  const height = TOPS[2] + TALL[2] + 62 + STRIP * functions.length;
  const names = functions.map((f) => f.name).join(", ");
  const label = `value, slope, bend of ${names}, z from −${reach} to ${reach}`;
  set(svg, { width, height, "aria-label": label });
  svg.replaceChildren();
  const places = new Map(functions.map((f) => [f, samples(f, reach, 401)]));
  const frames = PARTS.map((part, row) => {
    const top = TOPS[row];
    const box = { left: LEFT, right: width - RIGHT, top, bottom: top + TALL[row] };
    const seen = part === "value" ? within : (y) => y;
    const heights = (f) => places.get(f).map((z) => seen(f[part](z)));
    const y = limits(functions.flatMap(heights));
    const options = { title: `${part} f${["", "′", "″"][row]}`, numbers: row === 2 };
    const frame = panel(box, [-reach, reach], y, options);
    const hill = element("path", { fill: `${INK}1F`, d: line(HILL) });
    const guide = element("line", { stroke: INK, "stroke-dasharray": "2 3" });
    set(guide, { y1: box.top, y2: box.bottom });
    frame.inside.append(hill, guide, ...lines(functions, part, frame, reach));
    svg.append(frame.group, frame.inside);
    return { hill, guide, ...frame };
  });
  svg.append(...signs(functions, frames[0]));
  const arms = element("line", { stroke: INK, "stroke-width": 3 });
  const [{ box, x }] = frames;
  set(arms, { y1: box.bottom, y2: box.bottom });
  const axis = { "text-anchor": "middle", "aria-hidden": "true" };
  const title = "z (grey: the inputs; –●– mean ± spread)";
  const middle = (box.left + box.right) / 2;
  svg.append(arms, words(middle, height - 8, title, axis));
  const dead = strips(svg, functions, frames[2], reach);
  return { height, frames, x, arms, dead };
}

/** The lines of one part of all functions. */
function lines(functions, part, { x, y }, reach) {
  return functions.flatMap((f) =>
    pieces(f, reach).map(points(f)).map((piece) => {
      const drawn = piece.map((z) => [x(z), y(f[part](z))]);
      return element("path", { d: line(drawn), ...LOOKS[f.slot] });
    }),
  );
}

/** The names of the functions, each where its own line is near and no other one. */
function signs(functions, frame) {
  const places = functions.map((f, k) => free(functions, k, frame));
  const best = orders(functions.map((_, k) => k))
    .map((order) => settled(order, places))
    .reduce((one, other) => (other.worst > one.worst ? other : one));
  return functions.map((f, k) => {
    const { right, bottom } = best.found[k];
    const look = { "text-anchor": "end", "font-size": 12, fill: INKS[f.slot], ...HALO };
    return words(right, bottom - 3, f.name, { "aria-hidden": "true", ...look });
  });
}

/** All orders of some things. */
function orders(things) {
  if (things.length < 2) return [things];
  const others = (thing) => orders(things.filter((one) => one !== thing));
  return things.flatMap((thing) => others(thing).map((rest) => [thing, ...rest]));
}

/** Where the name of one function may stand, and how free of lines it is there. */
function free(functions, own, { box, x, y }) {
  const { name, value } = functions[own];
  const size = 7.6 * name.length; // of letters 12 pixels high
  return range(box.left + size + 4, box.right - 4, 40).flatMap((right) =>
    [-5, 19, -15, 29].map((up) => {
      const left = right - size;
      const bottom = y(value(x.invert(up < 0 ? right : left))) + up;
      const place = { left, right, top: bottom - 15, bottom };
      if (place.top < box.top || bottom > box.bottom - 8) return { ...place, room: -999 };
      const gaps = functions.flatMap((f, k) =>
        range(left, right, 7).map((at) => {
          const height = y(f.value(x.invert(at)));
          const gap = Math.max(place.top - height, height - bottom);
          // Its own line may be as near as it likes, but not run through.
          return k === own && gap > 0 ? 14 : gap;
        }),
      );
      const far = up < -5 || up > 19 ? 6 : 0;
      return { ...place, room: Math.min(14, ...gaps) - far }; // more is no better
    }),
  );
}

/** The names put to their places in an order, and how bad the worst place is. */
function settled(order, places) {
  const found = [];
  let worst = Infinity;
  for (const k of order) {
    let best = { room: -Infinity };
    for (const place of places[k]) {
      const room = Object.values(found).reduce((least, other) => {
        const across = Math.max(place.left - other.right, other.left - place.right);
        const along = Math.max(place.top - other.bottom, other.top - place.bottom);
        // Words on words are worse than words on a line.
        const clash = across < 0 && along < 0 ? 500 : 0;
        return Math.min(least, Math.max(across, along) - clash);
      }, place.room);
      if (room > best.room) best = { ...place, room };
    }
    found[k] = best;
    worst = Math.min(worst, best.room);
  }
  return { found, worst };
}

/** For each function a bar where it is dead; returns the places of the shares. */
function strips(svg, functions, { box, x }, reach) {
  const top = box.bottom + 40;
  const title = words(8, top - 4, `dead: |slope| < ${FLAT}`, { "font-weight": 600 });
  const group = element("g", { "aria-hidden": "true" }, title);
  const shares = functions.map((f, k) => {
    const [y1, y2] = Array(2).fill(top + STRIP * (k + 0.5));
    group.append(element("line", { x1: 10, x2: 36, y1, y2, ...LOOKS[f.slot] }));
    const rail = { x1: box.left, x2: box.right, y1, y2, stroke: "#DDD" };
    group.append(element("line", rail));
    for (const [from, to] of runs(f, reach, 1601)) {
      const bar = { x: x(from), width: x(to) - x(from), y: y1 - 4, height: 8 };
      group.append(element("rect", { ...bar, fill: LOOKS[f.slot].stroke }));
    }
    const share = words(box.right + 42, y1 + 4, "", { "text-anchor": "end" });
    group.append(share);
    return share;
  });
  svg.append(group);
  return shares;
}

/** Put the input to its place, and beside each strip how much of it lies there. */
function place({ frames, x, arms, dead, found }, mean, spread, handle) {
  const { box } = frames[0];
  const wide = (x(spread) - x(0)) / 100;
  // The hill keeps its area, until it would leave the frame.
  const rise = Math.min(RISE[0] / spread, RISE[1]) / 100;
  for (const { hill, guide, box: { top, bottom } } of frames) {
    const high = rise * (bottom - top);
    set(hill, { transform: `translate(${x(mean)} ${bottom}) scale(${wide} ${high})` });
    set(guide, { x1: x(mean), x2: x(mean) });
  }
  const across = (z) => Math.max(box.left, Math.min(box.right, x(z)));
  set(arms, { x1: across(mean - spread), x2: across(mean + spread) });
  dead.forEach((share, k) => (share.textContent = portion(found[k].dead)));
  set(handle, { transform: `translate(${x(mean)} ${box.bottom})` });
  set(handle, { "aria-valuenow": mean, "aria-valuetext": spot(mean) });
}

/** Fill a table, with a sample of each line; returns what shows numbers in it. */
function numbers(table, functions) {
  const right = "text-align:right;padding:0 0 0 min(9px, 1.5vw);vertical-align:top";
  const left = "text-align:left;white-space:nowrap;padding:0;vertical-align:top";
  const light = `${left};font-weight:normal`;
  const head = (scope, style, ...inside) => element("th", { scope, style }, ...inside);
  const cell = (inside) => element("td", { style: right }, inside);
  const titles = ["mean", "spread", "dead", "at one value"];
  const cells = titles.map((title) => head("col", right, title));
  const given = ["mean", "spread"].map((name) => datum(name, 0));
  const input = [...given.map(cell), cell("–"), cell("–")];
  const found = functions.map(({ name }) => {
    const data = ["mean", "spread", "dead"].map((title) => datum(`${name} ${title}`, 0));
    return [...data, element("div", { style: "white-space:nowrap" })];
  });
  table.replaceChildren(
    element("tr", {}, head("col", left, "function"), ...cells),
    element("tr", {}, head("row", light, "input z"), ...input),
    ...functions.map(({ name, slot }, k) => {
      const title = head("row", light, sample(slot), name);
      return element("tr", {}, title, ...found[k].map(cell));
    }),
  );
  return (summaries, ...numbers) => {
    given.forEach((one, k) => rewrite(one, numbers[k], spot(numbers[k])));
    found.forEach(([mean, spread, dead, stuck], k) => {
      const one = summaries[k];
      rewrite(mean, one.mean, spot(one.mean, 3));
      rewrite(spread, one.spread, spot(one.spread, 3));
      rewrite(dead, one.dead, portion(one.dead));
      const data = one.spikes.map(([value, share]) => {
        const text = `${portion(share)} at ${spot(value, 0)}`;
        return element("div", {}, datum(`${functions[k].name} at ${value}`, share, text));
      });
      stuck.replaceChildren(...(data.length ? data : ["–"]));
    });
  };
}

/** The state of the drawing for those who listen. */
function inWords({ functions, found }, mean, spread) {
  const told = functions.map(({ name }, k) => {
    const { mean: average, spread: width, dead, spikes } = found[k];
    const stuck = spikes.map(([at, share]) => `, ${portion(share)} at ${spot(at, 0)}`);
    const [middle, wide] = [average, width].map((one) => spot(one, 3));
    const numbered = `mean ${middle}, spread ${wide}, dead ${portion(dead)}`;
    return `${name}: ${numbered}${stuck.join("")}.`;
  });
  return `Input: mean ${spot(mean)}, spread ${spot(spread)}. ${told.join(" ")}`;
}

export default { render };
