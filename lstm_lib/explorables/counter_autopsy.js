// A counter that reads aⁿbⁿ: its state, what it has lost, and how far it reaches.

import { drift, driftSoFar, halfLife, keeps, reach, reached, walk } from "./drift.js";
import {
  COLOURS,
  INK,
  SHADES,
  announcer,
  answering,
  datum,
  element,
  fitted,
  followKeys,
  followPointer,
  graspable,
  grip,
  line,
  number,
  panel,
  range,
  set,
  sheet,
  unseen,
  words,
} from "./plot.js";

const POINTS = 301; // of a curve; an odd number, so that the turning point is one
const TWO_COLUMNS = 560; // pixels, from which on there are two
const PER_POWER = 100; // steps of the slider for log₁₀ n
const NARROW = 340; // pixels, below which words take more lines
const [LEFT, RIGHT] = [68, 26]; // pixels beside the frames
// From above: the frames of the state, of the difference, of the plane.
const STATE = { top: 28, bottom: 148 };
const OFF = { top: 196, bottom: 306 };
const PLANE = { top: 50, bottom: 306, low: 250 };
const AXIS = 44; // pixels below the lowest frame
// Computed is solid; predicted is dashed; what should be is dotted.
const COMPUTED = { fill: "none", stroke: COLOURS.c, "stroke-width": 2 };
const PREDICTED = { fill: "none", stroke: INK, "stroke-width": 2 };
PREDICTED["stroke-dasharray"] = "7 4";
const TRUE = { ...PREDICTED, "stroke-dasharray": "2 3" };
const BAND = { fill: COLOURS.g, "fill-opacity": 0.25 }; // where rounding is right
const ROWS = [
  ["lost in each step: e^−B", "lost"],
  ["drift at the end: −n² e^−B", "drift"],
  ["drift per step: −½ n e^−B", "per step"],
  ["reach in n: √(e^B / 2)", "reach"],
];
let autopsies = 0;

function render({ model, el }) {
  const place = parts();
  const root = sheet(el, place.both, place.verdict, place.readout, place.about);
  const say = announcer(root);
  let drawn; // of the last `draw`
  let found; // of the last `move`
  let setting = false; // the point sets two numbers, and all is drawn once
  const at = () => [model.get("strength"), model.get("n")];
  const move = () => {
    if (setting) return;
    found = examined(...at());
    states(place.walked, found, drawn.left);
    drawn.point(found);
    place.tell(found);
  };
  const draw = (width) => {
    const two = width >= TWO_COLUMNS;
    const left = two ? Math.round(0.57 * width) : width;
    const right = two ? width - left : width;
    drawn = { left, ...plane(place, right, two, model) };
    const lines = two ? 2 : width < NARROW ? 5 : 4;
    place.verdict.style.minHeight = `${1.5 * lines}em`; // so that nothing jumps
    move();
  };
  const tell = () => say(() => inWords(found));
  const put = ([strength, n]) => {
    const [low, high] = model.get("strengths");
    setting = true;
    model.set("strength", Math.min(high, Math.max(low, strength)));
    model.set("n", Math.round(Math.min(model.get("most"), Math.max(1, n))));
    setting = false;
    model.save_changes();
    move();
    tell();
  };
  handled(place, { at, put, scales: () => drawn, step: model.get("step"), model });
  const follow = () => {
    const power = Math.round(Math.log10(model.get("n")) * PER_POWER) / PER_POWER;
    if (!agree(model)) model.set("power", power);
    move();
  };
  const events = {
    "change:strength": move,
    "change:n": follow,
    "change:power": () => {
      if (!agree(model)) model.set("n", Math.round(10 ** model.get("power")));
    },
  };
  const stop = fitted(root, draw);
  const rest = answering(model, events, tell);
  return () => {
    stop();
    rest();
  };
}

/** Whether the power is that of n, as near as a slider can be to it. */
function agree(model) {
  const [n, power] = [model.get("n"), model.get("power")];
  const near = Math.abs(power - Math.log10(n)) < 0.5 / PER_POWER + 1e-9;
  return near || Math.round(10 ** power) === n;
}

/** The elements that stay whatever is drawn. */
function parts() {
  const about = unseen({ id: `about-autopsy-${(autopsies += 1)}` });
  const walked = element("svg", { role: "img", "aria-label": "The state of a counter" });
  const ground = element("svg", { role: "group", "aria-label": "Reach of counters" });
  for (const svg of [walked, ground]) {
    set(svg, { "font-size": 12, "aria-describedby": about.id });
    svg.style.display = "block";
  }
  const both = element("div", {}, walked, ground);
  both.style.cssText = "display:flex;flex-wrap:wrap";
  const handle = grip();
  set(handle, { "aria-label": "point: strength B to the right, n upward" });
  const verdict = element("div", { style: "margin:4px;text-align:center" });
  const [readout, show] = table();
  const tell = (found) => {
    show(found);
    verdict.replaceChildren(...verdicts(found));
    about.textContent = inFull(found);
    const { strength, n } = found;
    set(handle, { "aria-valuenow": n, "aria-valuetext": `n ${n}, B ${plain(strength)}` });
  };
  return { about, walked, ground, both, handle, verdict, readout, tell };
}

/** All that there is to say of a counter of this strength that reads aⁿbⁿ. */
function examined(strength, n) {
  const c = walk(strength, n);
  const count = (step) => (step <= n ? step : 2 * n - step);
  let failure = null;
  for (let step = 1; step <= 2 * n && failure === null; step += 1) {
    if (Math.abs(c[step - 1] - count(step)) >= 0.5) failure = step;
  }
  const state = (step) => (step ? c[step - 1] : 0);
  const steps = [...new Set(range(0, 2 * n, POINTS).map(Math.round))];
  const curve = steps.map((step) => [step, state(step), state(step) - count(step)]);
  const [expected, end] = [drift(strength, n), state(2 * n)];
  return {
    strength,
    n,
    top: state(n),
    end,
    balanced: Math.abs(end) < 0.5,
    failure: failure && {
      step: failure,
      counted: Math.round(state(failure)) || 0, // and never −0
      count: count(failure),
    },
    curve,
    halfLife: halfLife(strength),
    predicted: {
      lost: Math.exp(-strength),
      drift: expected,
      "per step": expected / (2 * n),
      reach: reach(strength),
    },
    computed: {
      lost: 1 - keeps(strength),
      drift: end,
      "per step": end / (2 * n),
      reach: reached(strength),
    },
  };
}

/** Draw the state over the steps, and below it how far that is off. */
function states(svg, found, width) {
  const { n, curve, failure, strength } = found;
  set(svg, { width, height: OFF.bottom + AXIS });
  svg.replaceChildren();
  const sides = { left: LEFT, right: width - RIGHT };
  const across = [0, n, 2 * n];
  const bottom = Math.min(0, ...curve.map(([, c]) => c)) * 1.1;
  const above = panel({ ...sides, ...STATE }, [0, 2 * n], [bottom, 1.2 * n], {
    across,
    numbers: false,
  });
  const lowest = Math.min(-0.75, 1.1 * Math.min(...curve.map(([, , off]) => off)));
  const below = panel({ ...sides, ...OFF }, [0, 2 * n], [lowest, 0.75], { across });
  const path = (frame, look, points) => {
    const d = line(points.map(([x, y]) => [frame.x(x), frame.y(y)]));
    frame.inside.append(element("path", { d, ...look }));
  };
  const tent = [[0, 0], [n, n], [2 * n, 0]];
  path(above, { ...COMPUTED, "data-curve": "state" }, curve);
  path(above, { ...TRUE, "data-curve": "count" }, tent);
  const [y, height] = [below.y(0.5), below.y(-0.5) - below.y(0.5)];
  const band = { x: LEFT, width: sides.right - LEFT, y, height: Math.max(1, height) };
  below.inside.append(element("rect", { ...band, ...BAND }));
  const off = curve.map(([step, , value]) => [step, value]);
  path(below, { ...COMPUTED, "data-curve": "off" }, off);
  const expected = curve.map(([step]) => {
    return [step, Math.max(driftSoFar(strength, n, step), 3 * lowest)];
  });
  path(below, { ...PREDICTED, "data-curve": "predicted" }, expected);
  svg.append(above.group, above.inside, below.group, below.inside);
  legend(svg, "state c", STATE.top, [["computed", COMPUTED, 66], ["true count", TRUE, 164]]);
  legend(svg, "off by", OFF.top, [
    ["computed", COMPUTED, 54],
    ["predicted", PREDICTED, 148],
    ["±½", BAND, 240],
  ]);
  const middle = { "text-anchor": "middle", "aria-hidden": "true" };
  const label = "steps: n times a, then n times b";
  svg.append(words((LEFT + sides.right) / 2, OFF.bottom + 36, label, middle));
  if (failure) svg.append(...marked(above.x(failure.step), sides));
}

/** Say above a frame what it shows, and what the looks of lines and band stand for. */
function legend(svg, title, top, samples) {
  const y = top - 10;
  const group = element("g", { "aria-hidden": "true" });
  group.append(words(8, y, title, { "font-weight": 600 }));
  for (const [text, look, x] of samples) {
    const area = { x, y: y - 9, width: 22, height: 10, ...look };
    const stroke = { x1: x, x2: x + 22, y1: y - 4, y2: y - 4, ...look };
    const drawn = look === BAND ? element("rect", area) : element("line", stroke);
    group.append(drawn, words(x + 26, y, text));
  }
  svg.append(group);
}

/** A line through both frames where the count first fails, and its name. */
function marked(x, { left, right }) {
  const rule = ({ top, bottom }) => {
    const ends = { x1: x, x2: x, y1: top, y2: bottom, stroke: INK };
    return element("line", { ...ends, "data-failure": "", "aria-hidden": "true" });
  };
  const side = x < (left + right) / 2 ? 1 : -1;
  const look = { "text-anchor": side < 0 ? "end" : "start", "aria-hidden": "true" };
  return [
    rule(STATE),
    rule(OFF),
    words(x + 5 * side, STATE.top + 14, "first failure", look),
  ];
}

/** Draw the plane of B and n; returns its scales, and what shows a point in it. */
function plane(place, width, two, model) {
  const { ground, handle } = place;
  const [low, high] = model.get("strengths");
  const bottom = two ? PLANE.bottom : PLANE.low;
  set(ground, { width, height: bottom + AXIS });
  const box = { left: LEFT, right: width - RIGHT, top: PLANE.top, bottom };
  const powers = [0, 1, 2, 3, 4, 5].map((k) => [k, String(10 ** k)]);
  const up = [0, Math.log10(model.get("most"))];
  const frame = panel(box, [0, high], up, {
    heights: powers,
    across: [0, 5, 10, 15, 20],
  });
  const at = (strength, n) => [frame.x(strength), frame.y(Math.log10(n))];
  const ends = [low, high].map((strength) => at(strength, reach(strength)));
  frame.inside.append(element("path", { d: line(ends), ...PREDICTED }));
  for (let strength = low; strength <= high; strength += model.get("step")) {
    const [cx, cy] = at(strength, reached(strength));
    frame.inside.append(element("circle", { cx, cy, r: 2.5, fill: COLOURS.c }));
  }
  ground.replaceChildren(frame.group, frame.inside, ...captions(box), handle);
  const point = ({ strength, n }) => {
    set(handle, { transform: `translate(${at(strength, n).join(" ")})` });
  };
  return { x: frame.x, y: frame.y, point };
}

/** The words in and about the plane. */
function captions({ left, right, top, bottom }) {
  const hidden = { "aria-hidden": "true" };
  const middle = { ...hidden, "text-anchor": "middle" };
  const y = top - 8;
  const upright = `translate(14 ${(top + bottom) / 2}) rotate(-90)`;
  return [
    words(8, y - 20, "how far each B reaches", { ...hidden, "font-weight": 600 }),
    element("line", { x1: 8, x2: 30, y1: y - 4, y2: y - 4, ...PREDICTED, ...hidden }),
    words(34, y, "predicted", hidden),
    element("circle", { cx: 112, cy: y - 4, r: 2.5, fill: COLOURS.c, ...hidden }),
    words(120, y, "computed", { ...hidden, fill: SHADES.c }),
    words(left + 8, top + 22, "above: not balanced", hidden),
    words(right - 8, bottom - 12, "below: balanced", { ...hidden, "text-anchor": "end" }),
    words((left + right) / 2, bottom + 36, "strength B →", middle),
    words(0, 0, "n →", { ...middle, transform: upright }),
  ];
}

/** Let the point be moved by mouse, finger and keys. */
function handled({ handle, ground }, { at, put, scales, step, model }) {
  followPointer(handle, ground, {
    keep: at,
    put([right, down]) {
      const { x, y } = scales();
      put([Math.round(x.invert(right) / step) * step, 10 ** y.invert(down)]);
    },
    restore: put,
    inPlane: true,
  });
  graspable(handle, ground, { low: 1, high: model.get("most") });
  const leaps = {
    ArrowRight: ([strength, n]) => [strength + step, n],
    ArrowLeft: ([strength, n]) => [strength - step, n],
    ArrowUp: ([strength, n]) => [strength, n + 1],
    ArrowDown: ([strength, n]) => [strength, n - 1],
    PageUp: ([strength, n]) => [strength, 10 * n],
    PageDown: ([strength, n]) => [strength, n / 10],
    Home: ([, n]) => [-Infinity, n],
    End: ([, n]) => [Infinity, n],
  };
  followKeys(handle, leaps, (leap) => put(leap(at())));
}

/** A table of what is predicted and what is computed; and what fills it. */
function table() {
  const look = "padding:0 4px 0 6px;text-align:right;white-space:nowrap";
  const first = "padding:0 0 0 4px;text-align:left;font-weight:400;line-height:1.3";
  const head = (scope, style, ...inside) => element("th", { scope, style }, ...inside);
  const data = new Map();
  const cell = (name, more = {}) => {
    data.set(name, datum(name, 0));
    return element("td", { style: look, ...more }, data.get(name));
  };
  const caption = element("caption", { style: "caption-side:top;padding:4px" });
  caption.style.color = INK;
  const [B, n] = ["B", "n"].map((name) => data.set(name, datum(name, 0)).get(name));
  caption.append("aⁿbⁿ with n = ", n, ", read with B = ", B);
  const row = (title, ...cells) =>
    element("tr", {}, head("row", first, ...raised(title)), ...cells);
  // Columns of a fixed width, so that no number makes a title break or not.
  const made = element("table", { style: "margin:0 auto;border-collapse:collapse" });
  made.style.cssText += ";font-variant-numeric:tabular-nums;font-size:min(14px,3.4vw)";
  made.style.cssText += ";table-layout:fixed;width:min(100%,30.5em)";
  made.append(
    caption,
    element("tr", {}, element("td"), ...["predicted", "computed"].map((title) => {
      return head("col", `${look};width:7.2em`, title);
    })),
    ...ROWS.map(([title, name]) => {
      return row(title, cell(`${name} predicted`), cell(`${name} computed`));
    }),
    row("half-life: ln 2 / ln(1 + e^−B)", cell("half-life", { colspan: 2 })),
  );
  return [made, (found) => filled(data, found)];
}

/** The pieces of a title in which ^B and ^−B are written as powers. */
function raised(title) {
  return title.split(/\^(−?B)/).map((piece, k) => {
    return k % 2 ? element("sup", { style: "line-height:0" }, piece) : piece;
  });
}

/** Put the numbers into their places in the table. */
function filled(data, found) {
  const show = (name, value, text = number(value)) => {
    const one = data.get(name);
    set(one, { value });
    one.textContent = text;
  };
  show("B", found.strength, plain(found.strength));
  show("n", found.n, String(found.n));
  for (const kind of ["predicted", "computed"]) {
    for (const [name, value] of Object.entries(found[kind])) {
      show(`${name} ${kind}`, value, long(value));
    }
  }
  show("half-life", found.halfLife, long(found.halfLife));
}

/** A number; one of up to six digits before the point without a power of ten. */
function long(value) {
  const size = Math.abs(value);
  if (size < 10000 || size >= 1e6) return number(value);
  return String(Math.round(value)).replace("-", "−");
}

/** A strength without zeros at its end. */
function plain(value) {
  return String(Number(value.toPrecision(6)));
}

/** Where the count first fails, and how the text is taken, with their numbers. */
function verdicts({ n, failure, end, balanced }) {
  const shown = (name, value, text) => datum(name, value, text ?? long(value));
  const first = element("div", {}, "First failure: ");
  if (failure) {
    first.append(
      ...["at step ", shown("failure", failure.step)],
      ...[", counted ", shown("counted", failure.counted)],
      ...[", true ", shown("true", failure.count), "."],
    );
  } else first.append("none.");
  const last = [`After ${2 * n} steps c = `, shown("end", end)];
  return [first, element("div", {}, ...last, `: ${taken(balanced, failure)}.`)];
}

/** How the text is taken at its end. */
function taken(balanced, failure) {
  if (!balanced) return "to this cell aⁿbⁿ is not balanced";
  if (!failure) return "to this cell aⁿbⁿ is balanced";
  return "to this cell aⁿbⁿ is balanced, though the count was lost on the way";
}

/** The outcome for those who listen. */
function inWords({ strength, n, end, balanced, failure, predicted, computed }) {
  const first = failure
    ? `at step ${failure.step}, counted ${failure.counted}, true ${failure.count}`
    : "none";
  return (
    `B ${plain(strength)}, n ${n}. First failure: ${first}. Left at the end ` +
    `${long(end)}, predicted ${long(predicted.drift)}: ${taken(balanced, failure)}. ` +
    `Reach ${computed.reach}, predicted ${long(predicted.reach)}.`
  );
}

/** What both drawings show, for those who cannot see them. */
function inFull(found) {
  return (
    `The state of a counter that reads ${found.n} a and then ${found.n} b rises to ` +
    `${long(found.top)}, where the true count is ${found.n}, and falls to ` +
    `${long(found.end)} instead of 0. Below it stands by how much it is off, ` +
    "computed and predicted, and a band of ±½ in which rounding is right. In a plane " +
    "of B and n, n in powers of ten, a rising line is the predicted reach, dots on it " +
    "the computed one; the point can be moved. " + inWords(found)
  );
}

export default { render };
