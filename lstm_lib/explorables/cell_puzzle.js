// Build the cell yourself: a table of weights, what they say, and whether the unit
// is right on all strings; if not, the first on which it is wrong, symbol by symbol.

import {
  INK,
  SHADES,
  announcer,
  answering,
  datum,
  element,
  fitted,
  followKeys,
  set,
  sheet,
  unseen,
} from "./plot.js";
import { firstWrong, gatesOf, runOf, stringsOf, unitOf } from "./walks.js";

const ROWS = { i: "input gate", f: "forget gate", g: "candidate" };
// Behind weights, pale enough for words; what is negative is striped.
const TINTS = { i: "#FBE7C2", f: "#CFE3F2", g: "#C4E8DC" };
const LEAPS = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  Home: -Infinity,
  End: Infinity,
};
const MOST = 2; // times B
const [RIGHT, WRONG, PALE] = ["#00664A", "#A4262C", "#FBE6E6"];
const NARROW = 480; // pixels, below which lines are stacked
let benches = 0;

function render({ model, el }) {
  const place = parts();
  const root = sheet(el, ...place.all);
  const say = announcer(root);
  const [all, rules] = [model.get("puzzles"), model.get("rules")];
  // What is left of each puzzle as one turns to another.
  const session = all.map(({ free }) => ({ weights: free.map(() => 0), hints: 0 }));
  const now = () => session[model.get("puzzle_index")];

  let puzzle; // the one on show, and what shows an attempt at it
  let show;
  const move = () => {
    now().weights = model.get("weights");
    const found = attempted(puzzle, now().weights, rules);
    now().solved ||= found.wrong === null && !now().shown;
    show(found);
    place.solved.textContent = solvedInWords(all, session);
    place.about.textContent = inFull(puzzle, found);
  };
  const put = (weights) => {
    model.set("weights", weights);
    model.save_changes();
  };
  const change = (k, by) => {
    const weights = [...model.get("weights")];
    weights[k] = Math.max(-MOST, Math.min(MOST, weights[k] + by));
    put(weights);
  };
  const lay = () => {
    puzzle = all[model.get("puzzle_index")];
    show = bench(place, puzzle, change, rules);
    hint(place, puzzle, now().hints);
  };
  // There is nothing to save: who has turned to another puzzle does that, and Python
  // has done the same.
  const turn = () => {
    lay();
    model.set("weights", now().weights);
    move();
  };
  lay();
  move();
  place.more.addEventListener("click", () => {
    const { hints, solution } = puzzle;
    if (now().hints === hints.length) {
      now().shown = true; // and nobody has found it
      put([...solution]);
      return;
    }
    now().hints += 1;
    hint(place, puzzle, now().hints);
    say(() => hints[now().hints - 1]);
  });
  place.reset.addEventListener("click", () => {
    now().shown = false;
    put(puzzle.free.map(() => 0));
  });
  const stop = fitted(root, (width) => {
    place.solved.style.minHeight = width < NARROW ? "3em" : "1.5em";
    place.verdict.style.minHeight = width < NARROW ? "6em" : "3em";
  });
  const events = { "change:puzzle_index": turn, "change:weights": move };
  const rest = answering(model, events, () => say(() => place.verdict.textContent));
  return () => {
    stop();
    rest();
  };
}

/** The elements that stay whatever is drawn. */
function parts() {
  const about = unseen({ id: `about-puzzle-${(benches += 1)}` });
  const line = (margin) => element("div", { style: `margin:${margin}` });
  const [task, solved, note] = [line("0 8px"), line("0 8px 6px"), line("2px 8px 8px")];
  note.style.fontSize = solved.style.fontSize = "13px";
  const weights = table("Weights of the unit, in units of B");
  set(weights, { "aria-describedby": about.id });
  const says = table("What the weights say");
  const both = element("div", {}, weights, says);
  both.style.cssText = "display:flex;flex-wrap:wrap;gap:10px 14px;align-items:start";
  both.style.justifyContent = "center";
  const verdict = element("div", { role: "group", "aria-label": "Verdict" });
  verdict.style.cssText = "margin:0 8px 4px;padding-left:8px";
  const score = table("The unit, symbol by symbol");
  score.style.cssText += ";margin:0;border-spacing:0;table-layout:fixed";
  score.style.cssText += ";width:min(100%, 32rem);font-size:min(13px, 2.85vw)";
  const [more, reset] = [button("a hint"), button("start again")];
  const buttons = element("div", {}, more, reset);
  buttons.style.cssText = "display:flex;flex-wrap:wrap;gap:8px;margin:10px 8px 0";
  const hints = element("ol", { "aria-label": "Hints" });
  hints.style.cssText = "margin:8px 8px 0;padding-left:1.6em";
  const all = [task, solved, both, note, verdict, score, buttons, hints, about];
  const tables = { weights, says, score };
  return { all, about, task, solved, note, ...tables, verdict, more, reset, hints };
}

/** A table without the looks of the page. */
function table(name) {
  const made = element("table", { "aria-label": name });
  made.style.cssText = "border-collapse:separate;border-spacing:2px;margin:0 auto";
  made.style.cssText += ";width:auto;font-variant-numeric:tabular-nums";
  made.style.cssText += `;text-align:center;color:${INK}`;
  made.style.fontSize = "min(14px, 3.4vw)";
  return made;
}

function button(text) {
  const made = element("button", { type: "button" }, text);
  made.style.cssText = `background:#fff;color:${INK};border:1px solid #767676`;
  made.style.cssText += ";border-radius:4px;min-height:36px;padding:2px 12px";
  made.style.font = "inherit";
  return made;
}

/** A heading of a column or a row of a table. */
function heading(scope, text, style = "") {
  const look = `font-weight:600;padding:1px 4px;border:0;background:none;${style}`;
  return element("th", { scope, style: look }, text);
}

function cell(style, ...inside) {
  const look = `padding:1px 2px;border:0;background:none;white-space:nowrap;${style}`;
  return element("td", { style: look }, ...inside);
}

/** Build the tables of a puzzle; returns what shows an attempt in them. */
function bench(place, puzzle, change, rules) {
  const share = (z) => (1 / (1 + Math.exp(-z))).toFixed(5);
  const [open, shut] = [share(rules.strength), share(-rules.strength)];
  place.task.textContent = puzzle.task;
  place.note.textContent =
    `B = ${rules.strength}: σ(B) = ${open} is open, σ(−B) = ${shut} shut. ` +
    "The output gate stands open. Weights without a frame stay 0.";
  const handles = weighing(place.weights, puzzle, change);
  const say = saying(place.says, puzzle);
  const score = scoring(place.score, puzzle, rules.longest);
  return (found) => {
    found.weights.forEach((weight, k) => handles[k](weight));
    say(found);
    place.verdict.replaceChildren(...verdict(puzzle, found));
    const edge = found.wrong === null ? RIGHT : WRONG;
    place.verdict.style.borderLeft = `4px solid ${edge}`;
    score(found);
  };
}

/** Whether a unit with these weights is right, and how it reads what it is shown on. */
function attempted(puzzle, weights, rules) {
  const unit = unitOf(puzzle, weights, rules.strength);
  const wrong = firstWrong(puzzle, unit, rules);
  const run = runOf(puzzle, unit, wrong ?? puzzle.example, rules.margin);
  const strings = stringsOf(puzzle, rules.longest);
  return { weights, unit, wrong, run, strings, rules };
}

/** Fill the table of weights; returns for each free one what shows its value. */
function weighing(place, puzzle, change) {
  const fed = puzzle.free.some((name) => name.endsWith(" h"));
  const columns = [...puzzle.symbols, "always", ...(fed ? ["h"] : [])];
  const handles = [];
  const rows = Object.entries(ROWS).map(([row, words]) => {
    const cells = columns.map((column) => {
      const k = puzzle.free.indexOf(`${row} ${column}`);
      if (k < 0) return cell("color:#6E6E6E", "0");
      const name = `${words}, ${headOf(column)}`;
      const [handle, show] = weight(row, name, (by) => change(k, by));
      handles[k] = show;
      return cell("padding:0", handle);
    });
    const look = `text-align:right;color:${SHADES[row]};white-space:nowrap`;
    return element("tr", {}, heading("row", `${words} ${row}`, look), ...cells);
  });
  const titles = columns.map(headOf);
  const heads = titles.map((title) => heading("col", title, "min-width:44px"));
  place.replaceChildren(element("tr", {}, cell(""), ...heads), ...rows);
  return handles;
}

/** What a column of weights is called. */
function headOf(column) {
  return { always: "always", h: "times h" }[column] ?? `on ${column}`;
}

/** One weight: its left half takes B away, its right half adds it, and so do keys. */
function weight(row, name, change) {
  const sign = (text) => element("span", { "aria-hidden": "true" }, text);
  const [less, more] = [sign("‹"), sign("›")];
  const value = element("span", { style: "flex:1" });
  const handle = element("div", { role: "slider", tabindex: 0, "aria-label": name });
  set(handle, { "aria-valuemin": -MOST, "aria-valuemax": MOST });
  handle.append(less, value, more);
  handle.style.cssText = "display:flex;align-items:center;width:62px;height:40px";
  handle.style.cssText += ";padding:0 4px;box-sizing:border-box;border-radius:5px";
  handle.style.cssText += ";cursor:pointer;user-select:none;touch-action:manipulation";
  handle.style.border = `2px solid ${SHADES[row]}`;
  handle.addEventListener("click", (event) => {
    const { left, width } = handle.getBoundingClientRect();
    change(event.clientX < left + width / 2 ? -1 : 1);
  });
  followKeys(handle, LEAPS, change);
  const show = (multiple) => {
    const text = written(multiple);
    set(handle, { "aria-valuenow": multiple, "aria-valuetext": text });
    value.replaceChildren(datum(name, multiple, text));
    value.style.fontWeight = multiple ? 700 : 400;
    less.style.visibility = multiple > -MOST ? "visible" : "hidden";
    more.style.visibility = multiple < MOST ? "visible" : "hidden";
    handle.style.background = ground(TINTS[row], multiple);
  };
  return [handle, show];
}

/** White for 0, filled above, striped below. */
function ground(tint, multiple) {
  if (multiple === 0) return "#fff";
  if (multiple > 0) return tint;
  return `repeating-linear-gradient(135deg,${tint} 0 6px,#fff 6px 12px)`;
}

/** A weight as readers write it: +2B, −B, 0. */
function written(multiple) {
  if (multiple === 0) return "0";
  const size = Math.abs(multiple) === 1 ? "" : Math.abs(multiple);
  return `${multiple > 0 ? "+" : "−"}${size}B`;
}

/** A table of what happens on each symbol, and where h comes back for each bit. */
function saying(place, puzzle) {
  const heads = ["on", "input", "forget", "candidate", "new c"];
  const colours = [INK, SHADES.i, SHADES.f, SHADES.g, SHADES.c];
  const first = heads.map((text, k) => heading("col", text, `color:${colours[k]}`));
  const cells = [];
  const rows = cases(puzzle).map(({ on }) => {
    const looks = colours.slice(1).map((colour) => `padding:1px 6px;color:${colour}`);
    const made = looks.map((look) => cell(look));
    cells.push(made);
    return element("tr", {}, heading("row", on, "white-space:nowrap"), ...made);
  });
  place.replaceChildren(element("tr", {}, ...first), ...rows);
  return ({ unit }) => {
    sentences(puzzle, unit).forEach((words, row) => {
      words.forEach((text, k) => write(cells[row][k], text));
    });
  };
}

/** Change what a cell says, if it says something else. */
function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** The symbols that can come; where h comes back, with each bit that can be there. */
function cases({ symbols, free }) {
  const states = free.some((name) => name.endsWith(" h")) ? [1, 0, -1] : [null];
  const told = (symbol, c) => (c === null ? symbol : `${symbol} if c = ${short(c, 0)}`);
  return symbols.flatMap((symbol, k) =>
    states.map((c) => ({ k, c, on: told(symbol, c) })),
  );
}

/** For each case in words: input gate, forget gate, candidate, what c becomes. */
function sentences(puzzle, unit) {
  return cases(puzzle).map(({ k, c }) => {
    const { i, f, g } = gatesOf(unit, k, unit.o * Math.tanh(c ?? 0));
    return [openness(i), openness(f), signed(g), becomes(f, i * g)];
  });
}

function openness(gate) {
  if (Math.abs(gate - 0.5) < 0.01) return "half";
  return gate > 0.5 ? "open" : "shut";
}

/** A number with its sign, and without digits where it is nearly whole. */
function signed(value) {
  const size = amount(Math.abs(value));
  if (size === "0") return size;
  return `${value > 0 ? "+" : "−"}${size}`;
}

function amount(size) {
  if (Math.abs(size - 0.5) < 0.01) return "½";
  const whole = Math.abs(size - Math.round(size)) < 0.01;
  return short(size, whole ? 0 : 2);
}

/** What a state c becomes, nearly. */
function becomes(kept, added) {
  const share = amount(kept);
  const sum = signed(added);
  if (share === "0") return sum.replace("+", "");
  const before = share === "1" ? "c" : `${share} c`;
  return sum === "0" ? before : `${before} ${sum[0]} ${sum.slice(1)}`;
}

/** A number with few digits, a true minus sign, and no −0. */
function short(value, digits = 2) {
  return (Number(value.toFixed(digits)) + 0).toFixed(digits).replace("-", "−");
}

/** The verdict in two lines. */
function verdict(puzzle, { wrong, run, strings, rules }) {
  const mark = (text) => element("span", { "aria-hidden": "true" }, `${text} `);
  const bold = (colour, ...inside) =>
    element("div", { style: `font-weight:600;color:${colour}` }, ...inside);
  if (wrong === null) {
    const all = ["Right on all ", datum("strings", strings), " strings"];
    return [
      bold(RIGHT, mark("✓"), ...all, ` of 1 to ${rules.longest} symbols.`),
      element("div", {}, ` Here it reads ${puzzle.example}.`),
    ];
  }
  const { expected, got } = run.at(-1);
  const given = got === null ? "too near to tell" : short(got, 0);
  const answers = `${short(expected, 0)}, is ${given}`;
  const before = wrong.length > 1 ? "All shorter strings are right. " : "";
  return [
    bold(WRONG, mark("✗"), `Wrong after ${wrong}: should be ${answers}.`),
    element("div", {}, ` ${before}${reason(puzzle, run.at(-1), rules)}`),
  ];
}

/** How the answer was read off. */
function reason({ kind, state }, last, { margin }) {
  const value = `${state} = ${short(last[state])}`;
  if (last.got === null) {
    return `${value} is within ${margin} of the line between two answers.`;
  }
  if (kind === "round") return `${value} is read as ${short(last.got, 0)}.`;
  const side = last.got ? "above" : "not above";
  return `${value} is ${side} ½, so the answer is ${last.got}.`;
}

/** A table of the run, symbol by symbol, with a mark on the column that is wrong. */
function scoring(place, puzzle, longest) {
  const states = puzzle.state === "h" ? ["c", "h"] : ["c"];
  const titles = { symbol: "reads", expected: "wanted", got: "answer" };
  const names = ["symbol", ..."ifg", ...states, "expected", "got"];
  const columns = Array.from({ length: longest }, () => ({}));
  const rows = names.map((name) => {
    const look = `color:${SHADES[name] ?? INK};`;
    const cells = columns.map((column, k) => {
      const wide = name === "symbol" ? heading("col", "", "padding:1px 0") : cell(look);
      column[name] = scored(wide, name, k + 1);
      return wide;
    });
    const wide = name === "symbol" ? "width:16%;" : "";
    const lead = `${look}${wide}text-align:left;white-space:nowrap`;
    const title = heading("row", titles[name] ?? name, lead);
    return element("tr", {}, title, ...cells);
  });
  place.replaceChildren(...rows);
  return ({ wrong, run }) => {
    columns.forEach((column, k) => {
      const bad = wrong !== null && k === run.length - 1;
      for (const name of names) column[name](run[k]?.[name], bad);
    });
  };
}

/** What fills a cell of that table with a value, if there is one, and may mark it. */
function scored(place, name, column) {
  let last;
  return (value, bad) => {
    const state = `${value} ${bad}`;
    if (state === last) return;
    last = state;
    place.replaceChildren(...inCell(name, value, column));
    // A column that nothing heads is not there, to those who listen, either.
    place.style.visibility = value === undefined ? "hidden" : "visible";
    if (bad && name === "got") place.append(" ✗");
    place.style.background = bad ? PALE : "none";
    const edges = `inset 2px 0 ${WRONG}, inset -2px 0 ${WRONG}`;
    place.style.boxShadow = bad ? edges : "none";
    place.style.fontWeight = bad || name === "symbol" ? 700 : 400;
  };
}

function inCell(name, value, column) {
  if (value === undefined) return [];
  if (name === "symbol") return [value];
  if (value === null) return ["?"];
  const whole = name === "expected" || name === "got";
  return [datum(`${name} ${column}`, value, short(value, whole ? 0 : 2))];
}

/** Show the first hints of a puzzle, and what the button does next. */
function hint({ hints, more }, puzzle, count) {
  const texts = puzzle.hints.slice(0, count);
  hints.replaceChildren(...texts.map((text) => element("li", {}, text)));
  hints.hidden = count === 0;
  const left = puzzle.hints.length - count;
  const next = `hint ${count + 1} of ${puzzle.hints.length}`;
  more.textContent = left ? next : "show a solution";
}

/** Which puzzles have been solved since the page was opened. */
function solvedInWords(all, session) {
  const names = (solved) =>
    all.filter((_, k) => Boolean(session[k].solved) === solved).map(({ name }) => name);
  const [done, open] = [names(true), names(false)];
  if (!done.length) return "Solved so far: none of the four.";
  const solved = `Solved: ${done.map((name) => `✓ ${name}`).join(", ")}.`;
  const rest = open.length ? `Still open: ${open.join(", ")}.` : "That is all.";
  return `${solved} ${rest}`;
}

/** All for those who cannot see it. */
function inFull(puzzle, { weights, unit, wrong, run }) {
  const given = puzzle.free.map((name, k) => `${name} ${written(weights[k])}`);
  const said = sentences(puzzle, unit);
  const words = cases(puzzle).map(({ on }, k) => {
    const [i, f, g, c] = said[k];
    const gates = `input gate ${i}, forget gate ${f}, candidate ${g}`;
    return `On ${on}: ${gates}; c becomes ${c}.`;
  });
  const states = run.map((one) => short(one[puzzle.state])).join(", ");
  const text = wrong ?? puzzle.example;
  return (
    `One unit with the weights ${given.join(", ")}. ${words.join(" ")} While it reads ` +
    `${text}, ${puzzle.state} is ${states}; it should answer ` +
    `${run.map(({ expected }) => short(expected, 0)).join(", ")}.`
  );
}

export default { render };
