// Contour lines of what is known on a grid, by marching squares.

/**
 * The lines along which a function passes a level, as lists of points [x, y].
 *
 * places: the n coordinates of the grid, the same across and upward;
 * heights: n rows, from the lowest y up, of n values each. A plateau that lies at the
 * level counts as the side of 0, so that its edge is drawn, and nothing on it.
 */
export function contour(places, heights, level) {
  const side = level < 0 ? -1 : 1;
  const links = crossings(heights, (height) => side * height > side * level);
  const point = (edge) => crossing(places, heights, level, edge);
  const lines = [];
  // First what begins and ends at the border, then what is closed.
  const edges = [...links.keys()];
  const open = edges.filter((edge) => links.get(edge).length === 1);
  for (const start of [...open, ...edges]) {
    if (!links.has(start)) continue;
    const closed = links.get(start).length > 1;
    const found = [];
    for (let edge = start; links.has(edge); ) {
      found.push(point(edge));
      const next = links.get(edge);
      links.delete(edge);
      edge = next.find((other) => links.has(other));
    }
    lines.push(closed ? [...found, found[0]] : found);
  }
  return lines;
}

/** The sides of squares that a line crosses, each with those it goes on to. */
function crossings(heights, above) {
  const size = heights.length;
  const inside = heights.map((row) => row.map(above));
  const links = new Map();
  const tie = (one, other) => {
    links.set(one, [...(links.get(one) ?? []), other]);
    links.set(other, [...(links.get(other) ?? []), one]);
  };
  for (let k = 0; k < size - 1; k += 1) {
    for (let j = 0; j < size - 1; j += 1) {
      const [a, b] = [inside[k][j], inside[k][j + 1]];
      const [d, c] = [inside[k + 1][j], inside[k + 1][j + 1]];
      if (a === b && b === c && c === d) continue;
      // Even numbers are the sides to the right of a point, odd ones those above it.
      const at = 2 * (k * size + j);
      const crossed = [];
      if (a !== b) crossed.push(at);
      if (b !== c) crossed.push(at + 3);
      if (c !== d) crossed.push(at + 2 * size);
      if (d !== a) crossed.push(at + 1);
      for (let n = 0; n < crossed.length; n += 2) tie(crossed[n], crossed[n + 1]);
    }
  }
  return links;
}

/** Where a line crosses a side of a square. */
function crossing(places, heights, level, edge) {
  const size = places.length;
  const [k, j] = [Math.floor(edge / 2 / size), Math.floor(edge / 2) % size];
  const upright = edge % 2;
  const next = upright ? heights[k + 1][j] : heights[k][j + 1];
  const share = (level - heights[k][j]) / (next - heights[k][j]);
  const along = (n) => places[n] + share * (places[n + 1] - places[n]);
  return upright ? [places[j], along(k)] : [along(j), places[k]];
}
