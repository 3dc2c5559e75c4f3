// What a product can reach: a number line with a bar for each of two cases.

import { HALO } from "./functions.js";
import { INK, element, number, scale, set, words } from "./plot.js";

const OFF = 1.2; // where the line ends; all ends of bars lie within 1, or nowhere
const ROWS = { free: 48, tied: 88 }; // pixels from above to the words about a bar
const AXIS = 116;
const QUIET = "#B5B5B5";

/** An end of a bar as it is written. */
export function endInWords(end, sign) {
  return end === null ? `${sign}∞` : number(end);
}

/** "from −1 to 1", say, of the ends, of which null has no bound. */
export function reachInWords([low, high]) {
  return `from ${endInWords(low, "−")} to ${endInWords(high, "")}`;
}

/**
 * Draw the line and the bars of {free, tied}: [low, high] into `svg`; the one that is
 * in force stands out. Returns what marks a product on it.
 */
export function reachable(svg, width, ends, inForce) {
  svg.replaceChildren();
  const x = scale([-OFF, OFF], [10, width - 10]);
  const title = words(8, 20, "what i·g can reach", { "font-weight": 600 });
  const guide = element("line", { stroke: INK, "stroke-dasharray": "2 3" });
  set(guide, { y1: ROWS[inForce] + 12, y2: AXIS });
  svg.append(title, ...rail(x), guide);
  for (const [name, top] of Object.entries(ROWS)) {
    const strong = name === inForce;
    const text = `${name}: ${reachInWords(ends[name])}`;
    const look = strong ? { "font-weight": 600 } : {};
    const shape = bar(ends[name], x, top + 6);
    set(shape, { fill: strong ? INK : QUIET, "data-bar": name });
    svg.append(words(8, top, text, { ...HALO, ...look }), shape);
  }
  const mark = element("path", { fill: "#fff", stroke: INK, "stroke-width": 2 });
  svg.append(mark);
  return (product) => {
    const at = x(Math.max(-OFF, Math.min(OFF, product)));
    set(guide, { x1: at, x2: at });
    set(mark, { transform: `translate(${at} ${ROWS[inForce] + 12})` });
    set(mark, { d: sign(product) });
  };
}

/** A diamond, or an arrow head where the product is beyond the line. */
function sign(product) {
  if (Math.abs(product) <= OFF) return "M0 -8L6 0L0 8L-6 0Z";
  const tip = 9 * Math.sign(product);
  return `M0 -7L${tip} 0L0 7Z`;
}

/** The number line. */
function rail(x) {
  const look = { y1: AXIS, y2: AXIS, stroke: "#8A8A8A" };
  const line = element("line", { x1: x(-OFF), x2: x(OFF), ...look });
  const marks = [-1, -0.5, 0, 0.5, 1].flatMap((at) => {
    const tick = { x1: x(at), x2: x(at), y1: AXIS, y2: AXIS + 5, stroke: "#8A8A8A" };
    const middle = { "text-anchor": "middle" };
    return [element("line", tick), words(x(at), AXIS + 19, number(at, 1), middle)];
  });
  return [line, ...marks];
}

/** A bar from end to end, with a point where it has no end. */
function bar([low, high], x, top) {
  const [left, right] = [x(low ?? -OFF), x(high ?? OFF)];
  const [a, b] = [low === null ? left + 10 : left, high === null ? right - 10 : right];
  const [middle, bottom] = [top + 6, top + 12];
  const upper = `${a},${top} ${b},${top} ${right},${middle}`;
  const lower = `${b},${bottom} ${a},${bottom} ${left},${middle}`;
  return element("polygon", { points: `${upper} ${lower}` });
}
