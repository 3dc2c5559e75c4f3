// A canvas for colours that lies below the grid lines and words of a map.

import { element, set } from "./plot.js";

/** Both in one place; the map is an svg. */
export function underlaid(canvas, map) {
  map.style.position = "relative";
  return element("div", { style: "position:relative" }, canvas, map);
}

/** Lay a canvas, of so many pixels a side, into a frame of the map, and dim its grid. */
export function underlay(canvas, { group, box }, size) {
  const { left, top, right, bottom } = box;
  set(canvas, { width: size, height: size, "aria-hidden": "true" });
  canvas.style.cssText = `position:absolute;left:${left}px;top:${top}px`;
  canvas.style.cssText += `;width:${right - left}px;height:${bottom - top}px`;
  for (const rule of group.querySelectorAll("line")) set(rule, { opacity: 0.25 });
}
