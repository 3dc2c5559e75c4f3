// What the drawings share: SVG, scales, axes, a point to drag, numbers in words.

/** One colour per quantity, as in lstm_lib/figures/picture.py; a test compares. */
export const COLOURS = {
  f: "#0072B2",
  i: "#E69F00",
  g: "#009E73",
  o: "#CC79A7",
  c: "#D55E00",
  h: "#56B4E9",
};
export const SHADES = {
  f: "#005B8E",
  i: "#855C00",
  g: "#00664A",
  o: "#96446F",
  c: "#A84A00",
  h: "#1D6A9B",
};
export const INK = "#333333";
export const GRID = "#DDDDDD";

const SVG_TAGS = new Set(
  "svg g line path circle rect text tspan polygon defs clipPath".split(" "),
);

/** An element of HTML or SVG with attributes and children (elements or strings). */
export function element(tag, attributes = {}, ...children) {
  const made = SVG_TAGS.has(tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  set(made, attributes);
  made.append(...children);
  return made;
}

/** Set the attributes of an element that are given. */
export function set(one, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    one.setAttribute(name, value);
  }
}

/** The map of the interval [a, b] onto [from, to]; `.invert` leads back. */
export function scale([a, b], [from, to]) {
  const map = (value) => from + ((value - a) / (b - a)) * (to - from);
  map.invert = (place) => a + ((place - from) / (to - from)) * (b - a);
  return map;
}

/** Round numbers within [low, high], a step apart, and not more than `most`. */
export function ticks(low, high, most) {
  const power = 10 ** Math.floor(Math.log10((high - low) / most));
  const steps = [1, 2, 4, 5, 10, 20].map((n) => n * power);
  const within = (step) => {
    const first = Math.ceil(low / step - 1e-9);
    const count = Math.floor(high / step + 1e-9) - first + 1;
    const at = (k) => Number(((first + k) * step).toPrecision(12));
    return Array.from({ length: count }, (_, k) => at(k));
  };
  return steps.map(within).find((found) => found.length <= most);
}

/** `count` numbers from `low` to `high`, both included. */
export function range(low, high, count) {
  const at = (k) => low + ((high - low) * k) / (count - 1);
  return Array.from({ length: count }, (_, k) => at(k));
}

/** The number at a grid line, which is round. */
function tick(value) {
  return String(value).replace("-", "−");
}

const RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A number as readers write it, rounded to some digits: a true minus sign, and a
 * power of ten where it is tiny or huge. Whole numbers are those without a point.
 */
export function number(value, digits = 4) {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 10000) return String(value).replace("-", "−");
  if (size >= 0.001 && size < 10000) return value.toPrecision(digits).replace("-", "−");
  const [mantissa, power] = value.toExponential(digits - 2).split("e");
  const raised = [...power.replace("+", "")].map((c) => RAISED["-0123456789".indexOf(c)]);
  return `${mantissa.replace("-", "−")} · 10${raised.join("")}`;
}

/** A number, written as `text`, that keeps all its digits for who reads `value`. */
export function datum(name, value, text = number(value)) {
  return element("data", { "data-name": name, value: String(value) }, text);
}

/** The line through points, as the `d` of a path. */
export function line(points) {
  const digits = (place) => Math.round(place * 100) / 100;
  return `M${points.map(([x, y]) => `${digits(x)} ${digits(y)}`).join("L")}`;
}

/**
 * A frame with a horizontal and a vertical scale, grid lines and numbers.
 *
 * box: {left, right, top, bottom} in pixels; x, y: [low, high];
 * options: title; `numbers: false` where the x axis shows none; and, if not the grid
 * lines that fit, the numbers `across` of the vertical and `heights`, which are
 * [number, words], of the horizontal ones.
 * Returns its group, an `inside` that cuts off what leaves the frame, both scales.
 */
export function panel(box, x, y, options = {}) {
  const across = scale(x, [box.left, box.right]);
  const up = scale(y, [box.bottom, box.top]);
  const group = element("g", { "aria-hidden": "true" });
  const rule = (x1, y1, x2, y2) => element("line", { x1, y1, x2, y2, stroke: GRID });
  const fitting = () => ticks(...y, (box.bottom - box.top) / 18);
  const heights = options.heights ?? fitting().map((value) => [value, tick(value)]);
  for (const [value, written] of heights) {
    const at = up(value);
    const text = words(box.left - 10, at + 4, written, { "text-anchor": "end" });
    group.append(rule(box.left, at, box.right, at), text);
  }
  for (const value of options.across ?? ticks(...x, (box.right - box.left) / 45)) {
    const at = across(value);
    group.append(rule(at, box.top, at, box.bottom));
    if (options.numbers === false) continue;
    group.append(words(at, box.bottom + 17, tick(value), { "text-anchor": "middle" }));
  }
  if (options.title) {
    group.append(words(8, box.top - 6, options.title, { "font-weight": 600 }));
  }
  // An svg within an svg shows nothing beyond its edges.
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const place = { x: box.left, y: box.top, width, height, overflow: "hidden" };
  const viewBox = `${box.left} ${box.top} ${width} ${height}`;
  const inside = element("svg", { ...place, viewBox, "aria-hidden": "true" });
  return { group, inside, x: across, y: up, box };
}

/** Words at a place of the drawing. */
export function words(x, y, text, attributes = {}) {
  return element("text", { x, y, fill: INK, ...attributes }, text);
}

/**
 * Let a point be moved along a scale by mouse, finger and keys.
 *
 * handle: the element to take hold of, which becomes a slider to screen readers;
 * ground: the svg, on which one may click or tap anywhere to bring the point there;
 * axis: {low, high, step, get(), put(value), at(): the present scale}.
 */
export function movable(handle, ground, axis) {
  const put = (value) => axis.put(onScale(axis, value));
  followPointer(handle, ground, {
    keep: axis.get,
    put: ([right]) => put(axis.at().invert(right)),
    restore: axis.put,
  });
  graspable(handle, ground, axis);
  const leaps = {
    ArrowRight: axis.step,
    ArrowUp: axis.step,
    ArrowLeft: -axis.step,
    ArrowDown: -axis.step,
    PageUp: 1,
    PageDown: -1,
    Home: -Infinity,
    End: Infinity,
  };
  followKeys(handle, leaps, (leap) => put(axis.get() + leap));
}

/**
 * Let a point be moved in a plane by mouse, finger and keys.
 *
 * handle, ground: as for `movable`; a slider has one value, which is x to those who
 * ask, and both belong into its aria-valuetext;
 * plane: {low, high, step, get(): [x, y], put([x, y]), at(): the scales {x, y},
 * diagonal(): whether the point is held where x and y are equal}.
 */
export function movableInPlane(handle, ground, plane) {
  const put = ([x, y]) => {
    const place = plane.diagonal() ? [(x + y) / 2, (x + y) / 2] : [x, y];
    plane.put(place.map((value) => onScale(plane, value)));
  };
  followPointer(handle, ground, {
    keep: plane.get,
    put([right, down]) {
      const { x, y } = plane.at();
      put([x.invert(right), y.invert(down)]);
    },
    restore: plane.put,
    inPlane: true,
  });
  graspable(handle, ground, plane);
  const leaps = {
    ArrowRight: [plane.step, 0],
    ArrowLeft: [-plane.step, 0],
    ArrowUp: [0, plane.step],
    ArrowDown: [0, -plane.step],
    PageUp: [0, 1],
    PageDown: [0, -1],
    Home: [-Infinity, 0],
    End: [Infinity, 0],
  };
  followKeys(handle, leaps, ([right, up]) => {
    const [x, y] = plane.get();
    put(plane.diagonal() ? [x + right + up, y + right + up] : [x + right, y + up]);
  });
}

/** The value to which a point may be moved that is nearest to the given one. */
function onScale({ low, high, step }, value) {
  const perUnit = Math.round(1 / step);
  return Math.round(Math.min(high, Math.max(low, value)) * perUnit) / perUnit;
}

/** Make a handle a slider that can be tabbed to, and shows where the keys go. */
export function graspable(handle, ground, { low, high }) {
  set(handle, { tabindex: 0, role: "slider" });
  set(handle, { "aria-valuemin": low, "aria-valuemax": high });
  // Heard after `followPointer`, by whose focus the ring is shown.
  ground.addEventListener("pointerdown", ringed(handle));
}

/** Call `go` with what `leaps` has for a key. */
export function followKeys(handle, leaps, go) {
  handle.addEventListener("keydown", (event) => {
    if (!(event.key in leaps) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(leaps[event.key]);
  });
}

/** Show by a ring that a handle listens to the keys; returns what hides it. */
function ringed(handle) {
  const ring = element("circle", { r: 12, fill: "none", "stroke-width": 2 });
  const show = (stroke) => set(ring, { stroke });
  handle.prepend(ring);
  handle.style.outline = "none";
  handle.addEventListener("focus", () => show(COLOURS.f));
  handle.addEventListener("keydown", () => show(COLOURS.f));
  handle.addEventListener("blur", () => show("none"));
  return () => show("none");
}

/** Put the point where a pointer drags, clicks or taps: `put` gets [right, down]. */
export function followPointer(handle, ground, { keep, put, restore, inPlane = false }) {
  // A finger that moves up or down scrolls the page, as everywhere; said of the
  // whole ground, for on a part of an svg the browser does not heed it.
  ground.style.touchAction = "pan-y";
  ground.style.cursor = "pointer";
  handle.style.cursor = "grab";
  if (inPlane) {
    // Once it has taken hold of the handle, it moves that.
    const hold = (event) => event.preventDefault();
    handle.addEventListener("touchstart", hold, { passive: false });
  }
  let start = null; // where the pointer went down, until it is let go
  let before; // the value that was there
  let grabbed = false; // by the handle, and so far beside its middle
  let aside = [0, 0];
  let moved = false;
  const from = ([right, down], event) => [event.clientX - right, event.clientY - down];
  ground.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    start = [event.clientX, event.clientY];
    before = keep();
    grabbed = handle.contains(event.target);
    const knob = handle.getBoundingClientRect();
    const middle = [knob.left + knob.width / 2, knob.top + knob.height / 2];
    aside = grabbed ? from(middle, event) : [0, 0];
    moved = false;
    ground.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    event.preventDefault();
  });
  const follow = (event) => {
    const { left, top } = ground.getBoundingClientRect();
    put(from([left + aside[0], top + aside[1]], event));
  };
  ground.addEventListener("pointermove", (event) => {
    if (start === null) return;
    // A finger trembles, and may be about to scroll.
    const slack = grabbed || event.pointerType === "mouse" ? 0 : 6;
    const [right, down] = from(start, event);
    moved ||= Math.abs(right) > slack || (inPlane && !slack && down !== 0);
    if (moved) follow(event);
  });
  ground.addEventListener("pointerup", (event) => {
    if (start !== null && (moved || !grabbed)) follow(event);
    start = null;
  });
  ground.addEventListener("pointercancel", () => {
    // It was a scroll, after all.
    if (start !== null) restore(before);
    start = null;
  });
}

/** The white sheet that a drawing stands on, with `inside`, at the end of `el`. */
export function sheet(el, ...inside) {
  const root = element("div", {}, ...inside);
  root.style.cssText = `background:#fff;color:${INK};font:14px/1.5 sans-serif`;
  root.style.cssText += ";border-radius:4px;padding:8px 0";
  root.dataset.lmSuppressShortcuts = "true"; // keys are the drawing's, in JupyterLab
  el.append(root);
  return root;
}

/** A knob to be dragged, within what a finger needs, which is wider. */
export function grip() {
  const knob = element("circle", { r: 7, fill: INK, stroke: "#fff" });
  return element("g", {}, element("circle", { r: 22, fill: "#0000" }), knob);
}

/** How to `get` and `put` what `movable` moves, where it is the trait `name`. */
export function trait(model, name) {
  return {
    get: () => model.get(name),
    put(value) {
      model.set(name, value);
      model.save_changes();
    },
  };
}

/** Answer each event of `events` by its function, and then by `tell`; returns an end. */
export function answering(model, events, tell) {
  const each = (act) => {
    for (const [name, react] of Object.entries(events)) {
      act(name, react);
      act(name, tell);
    }
  };
  each((name, react) => model.on(name, react));
  return () => each((name, react) => model.off(name, react));
}

/** A place for words that are heard and not seen. */
export function unseen(attributes) {
  const place = element("div", attributes);
  place.style.cssText =
    "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
  return place;
}

/** A voice for screen readers, which asks for `words()` when the reader's hand rests. */
export function announcer(root, pause = 700) {
  const place = unseen({ role: "status" });
  root.append(place);
  let timer;
  return (words) => {
    clearTimeout(timer);
    timer = setTimeout(() => (place.textContent = words()), pause);
  };
}

/** Call `draw(width)` now and whenever the width of `root` changes; returns an end. */
export function fitted(root, draw, fallback = 640) {
  let width = root.clientWidth || fallback;
  draw(width);
  const observer = new ResizeObserver(() => {
    if (root.clientWidth && root.clientWidth !== width) {
      width = root.clientWidth;
      draw(width);
    }
  });
  observer.observe(root);
  return () => observer.disconnect();
}
