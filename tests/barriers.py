"""What bars anybody from a page, as axe-core sees it."""

from collections.abc import Sequence
from functools import cache

from book_site import ROOT, extension
from playwright.sync_api import Page

AXE = ROOT / "tests/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
# The rules among these that heed colours, the one thing that differs in the dark.
COLOURED = ["color-contrast", "link-in-text-block"]
# What axe-core finds by these options. Words of code that look alike in the same place
# of a block have the same contrast, and most of what a page has to say are such words:
# while axe-core looks, only the first of them is an element of its own, which looks as
# it did, wherever it stands now. And a formula whose parts have all the same colours
# is a word then; a single letter would not be judged.
RUN = """async (options) => {
  const WORD = '<span style="font-family: serif">word</span>'; // no font is fetched
  const LOOK = ["color", "backgroundColor", "fontSize", "fontWeight", "opacity"];
  const escaped = (text) => text.data.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const shortened = (place) => {
    const seen = new Set();
    return [...place.childNodes].map((one) => {
      if (one.localName !== "span") return one.outerHTML ?? escaped(one);
      const style = getComputedStyle(one);
      const empty = one.cloneNode(), inside = shortened(one);
      for (const name of LOOK) empty.style[name] = style[name];
      if (seen.has(empty.outerHTML)) return inside;
      seen.add(empty.outerHTML);
      return empty.outerHTML.replace("</span>", () => `${inside}</span>`);
    }).join("");
  };
  const colours = (one) => {
    const { color, backgroundColor, opacity } = getComputedStyle(one);
    return [color, backgroundColor, opacity].join();
  };
  const even = (formula) => {
    const parts = [...formula.querySelectorAll("*")];
    return parts.every((part) => colours(part) === colours(formula));
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const blocks = [...all("pre"), ...all(".katex-html").filter(even)];
  const judged = (block) => block.localName === "pre" ? shortened(block) : WORD;
  const copies = blocks.map((block) =>
    Object.assign(block.cloneNode(), { innerHTML: judged(block) }));
  blocks.forEach((block, k) => block.replaceWith(copies[k]));
  const { violations } = await axe.run(options);
  copies.forEach((copy, k) => copy.replaceWith(blocks[k]));
  return violations;
}"""


@cache
def axe() -> str:
    """The script of axe-core, installed as the lock file says if it is not here."""
    if not AXE.exists():
        extension("npm").install(AXE.parents[2])
    return AXE.read_text()


def find_barriers(page: Page, rules: Sequence[str] = TAGS) -> list[str]:
    """The rules of axe-core, by name or by tag, that the page breaks, and where."""
    if not page.evaluate("'axe' in window"):  # else what is compiled is lost
        page.evaluate(axe())
    # No rule among these reads style sheets, which would be loaded ahead of them all.
    options = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}}
    return [
        f"{rule['id']}: {node['html'][:240]}"
        for rule in page.evaluate(RUN, options | {"runOnly": rules})
        for node in rule["nodes"]
    ]
