// What the drawings of activations share: looks, pieces, flat stretches, words.

import { COLOURS, INK, SHADES, element, number, range } from "./plot.js";

export const FLAT = 0.01; // a slope below this passes next to nothing back

/** The looks of up to four lines, told apart without colour, too. */
export const LOOKS = [
  { stroke: INK, "stroke-width": 2, fill: "none" },
  { stroke: COLOURS.c, "stroke-width": 2, fill: "none", "stroke-dasharray": "7 4" },
  { stroke: COLOURS.f, "stroke-width": 2, fill: "none", "stroke-dasharray": "2 3" },
  { stroke: COLOURS.g, "stroke-width": 2, fill: "none", "stroke-dasharray": "9 3 2 3" },
];

/** The colours of words beside these lines. */
export const INKS = [INK, SHADES.c, SHADES.f, SHADES.g];
/** What keeps words readable on lines. */
export const HALO = { stroke: "#fff", "stroke-width": 4, "paint-order": "stroke" };

/** A sample of the line with the number `k`, for a table. */
export function sample(k) {
  const drawn = element("svg", { width: 26, height: 10, "aria-hidden": "true" });
  drawn.append(element("line", { x1: 0, x2: 22, y1: 5, y2: 5, ...LOOKS[k] }));
  return drawn;
}

/** The intervals from kink to kink. */
export function pieces({ kinks }, reach) {
  const ends = [-reach, ...kinks, reach];
  return ends.slice(1).map((end, k) => [ends[k], end]);
}

/** Places to learn about `f` from: `count` of them, or the ends of straight lines. */
export function samples(f, reach, count) {
  if (f.straight) return pieces(f, reach).flatMap(points(f));
  return range(-reach, reach, count);
}

/** Points of an interval, but not its ends, so that no line hides a jump. */
export function points({ straight }) {
  return ([start, end]) => range(start + 1e-9, end - 1e-9, straight ? 2 : 321);
}

/** The range of values with a margin. */
export function limits(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = (high - low) * 0.12 || 0.5;
  return [low - margin, high + margin];
}

/** The intervals on which the slope of `f` is next to nothing. */
export function runs(f, reach, count) {
  const flat = (at) => Math.abs(f.slope(at)) < FLAT;
  if (f.straight) return pieces(f, reach).filter(([a, b]) => flat((a + b) / 2));
  const found = [];
  const fine = samples(f, reach, count);
  fine.forEach((z, k) => {
    if (flat(z) && k && flat(fine[k - 1])) found.at(-1)[1] = z;
    else if (flat(z)) found.push([z, z]);
  });
  return found;
}

/** What the curves of `f` look like, for those who cannot see them. */
function described(f, reach) {
  const [low, high] = [-reach, reach].map((z) => number(f.value(z)));
  const ends = `${f.name} goes from ${low} to ${high}`;
  const places = runs(f, reach, 16001);
  const flat = places.map(([a, b]) => `from z = ${spot(a, 1)} to ${spot(b, 1)}`);
  const shaded = flat.length ? ` The slope is below ${FLAT} ${flat.join(" and ")}.` : "";
  if (f.kinks.length) {
    const kinks = f.kinks.map((kink) => `, a kink at z = ${number(kink)}`).join("");
    const falls = f.slope(-reach) < 0 ? ", first falling and then rising" : "";
    return `${ends} in straight lines${kinks}${falls}.${shaded}`;
  }
  if (f.straight) return `${ends} in one straight line.`;
  const fine = samples(f, reach, 16001);
  const top = (part) => {
    const at = fine.reduce((best, z) => (f[part](z) > f[part](best) ? z : best));
    return `${number(f[part](at))} at z = ${spot(at)}`;
  };
  const tops = `Its largest slope is ${top("slope")}, its largest bend ${top("bend")}.`;
  return `${ends}. ${tops}${shaded}`;
}

/** Tells what the curves of functions look like, and works it out once for each. */
export function describer(reach) {
  const told = new Map();
  const about = (f) => {
    if (!told.has(f.name)) told.set(f.name, described(f, reach));
    return told.get(f.name);
  };
  return (functions) => functions.map(about).join(" ");
}

/** `z`, by default to the digits that the point can be moved by. */
export function spot(z, digits = 2) {
  const rounded = Number(z.toFixed(digits)) || 0; // and never −0.00
  return rounded.toFixed(digits).replace("-", "−");
}

/** A share of 1 in whole per cent. */
export function percent(share) {
  return `${Math.round(100 * share)} %`;
}
