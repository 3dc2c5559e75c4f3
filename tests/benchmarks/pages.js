// What pages.py runs in a page, ours or one with Jupyter Book's defaults. `boxes`
// selects what holds a widget each, `drawing` a part of the drawing within.

// Notes when every box is drawn, in ms from the start of the navigation.
function noteDrawn(boxes, drawing) {
  const look = () => {
    const all = [...document.querySelectorAll(boxes)];
    if (window.drawn || document.readyState === "loading" || !all.length) return;
    if (!all.every((box) => box.querySelector(drawing))) return;
    window.drawn = performance.now();
    watcher.disconnect();
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document, { subtree: true, childList: true, attributes: true });
  document.addEventListener("readystatechange", look);
}

// The first slider on the page, if any: its ends, and what moves it as its reader
// does. That of ipywidgets heeds a value set from outside like one dragged to.
function firstSlider(boxes) {
  const found = `:is(${boxes}) :is(input[type=range], .noUi-target)`;
  const slider = document.querySelector(found);
  if (!slider) return null;
  const { range } = slider.noUiSlider?.options ?? { range: slider };
  const move = (value) => {
    if (slider.noUiSlider) return slider.noUiSlider.set(value);
    slider.value = value;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return { slider, low: Number(range.min), high: Number(range.max), move };
}

// How many ms the drawing takes to change after `move()`, or null if it stays.
async function timed(target, move) {
  let watcher, late;
  const changed = new Promise((done) => {
    watcher = new MutationObserver(() => done(performance.now()));
    const all = { subtree: true, childList: true, attributes: true };
    watcher.observe(target, { ...all, characterData: true });
    late = setTimeout(done, 500, null);
  });
  const start = performance.now();
  move();
  const end = await changed;
  watcher.disconnect();
  clearTimeout(late);
  return end && end - start;
}

// Makes `count` moves, a frame each. Steps of the golden ratio go everywhere and
// never stay, so both pages get the same values, and each is a new one.
async function timeMoves(boxes, drawing, first, count) {
  const found = firstSlider(boxes);
  if (!found) return [];
  const { slider, low, high, move } = found;
  const box = slider.closest(boxes);
  const part = box.querySelector(drawing);
  const target = part.closest(".explorable-drawing") ?? part.closest("svg").parentElement;
  const times = [];
  for (let k = first; k < first + count; k += 1) {
    const value = low + (high - low) * ((k * 0.6180339887) % 1);
    times.push(await timed(target, () => move(value)));
    await new Promise(requestAnimationFrame);
  }
  return times;
}

Object.assign(globalThis, { timeMoves });
