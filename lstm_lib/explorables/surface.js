// The surface i·g over the plane of both pre-activations, as a map: colours, and lines
// of equal height with their numbers.

import { contour } from "./contours.js";
import { HALO } from "./functions.js";
import {
  INK,
  element,
  line,
  number,
  panel,
  range,
  scale,
  set,
  ticks,
  words,
} from "./plot.js";
import { underlay } from "./underlay.js";

const COARSE = 49; // points, a quarter apart; kinks at whole numbers lie on it
const PIXELS = 97; // of the colours, which the browser smooths
const TONES = 1024; // from −1 to 1
const [EVEN, STEEP] = [[0.1, 0.3, 0.5, 0.7, 0.9], [1, 3, 5, 10, 20, 30]];
const FAR = 12; // pixels between a number and other lines, beyond which more is no gain
const SMALL = { "font-size": 11, "text-anchor": "middle", "aria-hidden": "true" };

/** The lowest and the highest i·g of the plane, for both functions only rise. */
export function heightsOf({ i, g }, end) {
  const corners = [-end, end].flatMap((up) =>
    [-end, end].map((right) => i.value(up) * g.value(right)),
  );
  return [Math.min(0, ...corners), Math.max(0, ...corners)];
}

/**
 * Draw the map into `svg` and, for the colours, into a canvas that lies below it.
 *
 * pair: {i, g}, the functions; box: where, as for `panel`; end: both z go from −end to
 * end; colours: hex codes for i·g from −1 to 1, beyond which the last one stays.
 */
export function surface(svg, canvas, pair, box, end, colours) {
  const rounds = { across: ticks(-end, end, 7) };
  rounds.heights = rounds.across.map((z) => [z, number(z)]);
  const frame = panel(box, [-end, end], [-end, end], rounds);
  underlay(canvas, frame, PIXELS);
  colour(canvas, pair, end, colours);
  const corners = inCorners(pair, frame, end);
  const { lines, labels } = levelled(pair, frame, end, corners.map(({ room }) => room));
  frame.inside.append(...lines, ...labels, ...corners.map(({ text }) => text));
  svg.append(frame.group, frame.inside);
  return frame;
}

/** Fill a canvas with the colours of i·g, from the upper left to the lower right. */
function colour(canvas, { i, g }, end, colours) {
  const size = PIXELS;
  const paint = canvas.getContext("2d");
  const image = paint.createImageData(size, size);
  const tones = palette(colours);
  const middle = end - end / size; // of the outermost pixels
  const [across, up] = [range(-middle, middle, size), range(middle, -middle, size)];
  const [what, much] = [across.map(g.value), up.map(i.value)];
  for (let k = 0, at = 0; k < size; k += 1) {
    for (let j = 0; j < size; j += 1, at += 4) {
      const height = Math.max(-1, Math.min(1, much[k] * what[j]));
      const from = 4 * Math.round(((height + 1) / 2) * TONES);
      for (let c = 0; c < 4; c += 1) image.data[at + c] = tones[from + c];
    }
  }
  paint.putImageData(image, 0, 0);
}

/** The colours from −1 to 1 in fine steps, as red, green, blue, opaque. */
function palette(colours) {
  const shades = colours.map((code) =>
    [1, 3, 5].map((k) => parseInt(code.slice(k, k + 2), 16)),
  );
  const tones = new Uint8ClampedArray(4 * (TONES + 1)).fill(255);
  for (let k = 0; k <= TONES; k += 1) {
    const place = (k / TONES) * (shades.length - 1);
    const below = Math.min(Math.floor(place), shades.length - 2);
    const [one, other] = [shades[below], shades[below + 1]];
    for (let c = 0; c < 3; c += 1) {
      tones[4 * k + c] = one[c] + (place - below) * (other[c] - one[c]);
    }
  }
  return tones;
}

/** i·g in each corner, roughly. */
function inCorners({ i, g }, { x, y }, end) {
  return [-1, 1].flatMap((up) =>
    [-1, 1].map((right) => {
      const height = i.value(up * end) * g.value(right * end);
      const rounded = Number(height.toPrecision(2));
      const shown = Math.abs(height) < 0.01 ? "≈ 0" : `≈ ${number(rounded, 2)}`;
      const [across, along] = [x(right * end) - right * 8, y(up * end) + up * 14];
      const look = { ...SMALL, "font-size": 13, "font-weight": 600, ...HALO };
      Object.assign(look, { "text-anchor": right < 0 ? "start" : "end" });
      const wide = 4 * shown.length;
      const room = about(across - right * wide, along, wide + 4, 12);
      return { text: words(across, along + 5, shown, look), room };
    }),
  );
}

/** A box about a place: half as wide, half as high. */
function about(x, y, wide, high) {
  return { left: x - wide, right: x + wide, top: y - high, bottom: y + high };
}

/** The levels to be drawn; upward and downward, finer ones where all are within 1. */
function levels([low, high]) {
  const below = (most) => (most > 1 ? STEEP : EVEN).filter((level) => level < most);
  return [0, -0, ...below(high), ...below(-low).map((level) => -level)];
}

/** The lines of equal height: dashed below 0, and thick at 0; and their numbers. */
function levelled(pair, frame, end, taken) {
  const places = range(-end, end, COARSE);
  const [what, much] = [places.map(pair.g.value), places.map(pair.i.value)];
  const heights = much.map((i) => what.map((g) => i * g));
  const below = heights.map((row) => row.map((height) => -height));
  const found = levels(heightsOf(pair, end)).map((level) => {
    // From below, too, for there may be a plateau at 0.
    const under = Object.is(level, -0);
    const lines = contour(places, under ? below : heights, under ? 0 : level);
    const onPage = ([x, y]) => [frame.x(x), frame.y(y)];
    return { level, lines: lines.map((one) => one.map(onPage)) };
  });
  const signs = numbered(found, frame, taken);
  const lines = found.map(({ level, lines: all }) =>
    element("path", {
      d: all.flatMap((one) => around(one, signs.get(level)?.room)).map(line).join(""),
      fill: "none",
      stroke: INK,
      "stroke-width": level === 0 ? 2 : 1,
      ...(level < 0 && { "stroke-dasharray": "5 3" }),
      "data-level": level,
    }),
  );
  return { lines, labels: [...signs.values()].map(({ text }) => text) };
}

/** A line without what is within a box, if any: one line or several. */
function around(points, room) {
  if (!room) return [points];
  const found = [[]];
  for (const [x, y] of points) {
    if (meet(room, { left: x, right: x, top: y, bottom: y })) found.push([]);
    else found.at(-1).push([x, y]);
  }
  return found.filter((part) => part.length > 1);
}

/** By level: its number, on its own line and far from others, and the room it takes. */
function numbered(found, { box }, taken) {
  const points = found.map(({ level, lines }) => ({ level, all: lines.flat() }));
  const wish = scale([0, 1], [box.left, box.right]); // two columns, left and right
  const signs = new Map();
  for (const { level, all } of points) {
    if (signs.has(level)) continue; // 0, the second time
    const text = number(level, 1);
    const wide = 3.3 * text.length + 3;
    let best = { score: -Infinity };
    const aside = ([x]) => Math.min(Math.abs(x - wish(0.13)), Math.abs(x - wish(0.87)));
    for (const [x, y] of [...all].sort((one, other) => aside(one) - aside(other))) {
      const column = aside([x]);
      if (FAR - column / 40 <= best.score) break; // none further aside can be better
      const room = about(x, y, wide, 8);
      if (!within(room, box) || taken.some((other) => meet(room, other))) continue;
      const others = points.filter((other) => other.level !== level);
      const gaps = others.map((other) => clearance(room, other.all));
      const score = Math.min(FAR, ...gaps) - column / 40;
      if (score > best.score) best = { x, y, room, score };
    }
    if (best.room === undefined) continue;
    taken.push(best.room);
    const look = { ...SMALL, ...HALO, "stroke-width": 3 };
    const sign = words(best.x, best.y + 4, text, look);
    signs.set(level, { text: sign, room: best.room });
  }
  return signs;
}

/** Whether one box lies within another one. */
function within(one, { left, right, top, bottom }) {
  return one.left > left && one.right < right && one.top > top && one.bottom < bottom;
}

/** Whether two boxes have something in common. */
function meet(one, other) {
  const across = one.left < other.right && other.left < one.right;
  return across && one.top < other.bottom && other.top < one.bottom;
}

/** How many pixels a box is away from the nearest of some points. */
function clearance({ left, right, top, bottom }, points) {
  let least = Infinity;
  for (const [x, y] of points) {
    const gap = Math.max(left - x, x - right, top - y, y - bottom);
    if (gap < least) least = gap;
  }
  return least;
}
