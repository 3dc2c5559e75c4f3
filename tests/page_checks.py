"""What can be wrong with a page, as functions from a page to a list of faults."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from book_site import addresses
from bs4 import BeautifulSoup, Tag

SHORTEST_ALT = 20
# The attributes by which a page makes the browser load something.
LOADS = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
    "use": "href",
}
LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
LEFTOVERS = ("thebe", "require.js", "html-manager", "mathjax", "fontawesome")


@dataclass(frozen=True)
class Page:
    """A page of the site in `root`, `name` being its address relative to it."""

    root: Path
    name: str

    @property
    def path(self) -> Path:
        return self.root / self.name

    @cached_property
    def soup(self) -> BeautifulSoup:
        return parsed(self.path)

    @cached_property
    def article(self) -> Tag:
        return self.soup.find("article") or self.soup

    def loads(self) -> list[str]:
        """The addresses of all that the page's own markup makes the browser load."""
        found = [
            tag[attribute]
            for name, attribute in LOADS.items()
            for tag in self.soup.find_all(name, attrs={attribute: True})
        ]
        for link in self.soup.find_all("link", href=True):
            if LOADING_LINKS & set(link.get("rel", [])):
                found.append(link["href"])
        for tag in self.soup.find_all(style=True):
            found += addresses(tag["style"])
        for sheet in self.soup.find_all("style"):
            found += addresses(sheet.text)
        return found


@cache
def parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(), "html.parser")


@cache
def anchors(path: Path) -> set[str]:
    return {tag["id"] for tag in parsed(path).find_all(id=True)}


def is_anchor(fragment: str, path: Path) -> bool:
    """Whether an address may end in this fragment; the top needs no anchor."""
    return fragment in ("", "top") or fragment in anchors(path)


def is_local(address: str) -> bool:
    return not urlsplit(address).scheme and not urlsplit(address).netloc


def broken_links(page: Page) -> list[str]:
    """Links within the book that lead to no file, or to no place in it."""
    faults = []
    for tag in page.soup.find_all(href=True) + page.soup.find_all(action=True):
        address = tag.get("href") or tag.get("action", "")
        if not is_local(address):
            continue
        parts = urlsplit(address)
        target = page.path
        if parts.path:
            target = (page.path.parent / unquote(parts.path)).resolve()
        if not target.is_file():
            faults.append(f"{address} leads nowhere")
        elif not is_anchor(unquote(parts.fragment), target):
            faults.append(f"{address}: no such place on that page")
    return faults


def wordless_pictures(page: Page) -> list[str]:
    """Pictures whose alternative text does not say what is to be seen."""
    faults, seen = [], {}
    for image in page.soup.find_all("img"):
        alt = " ".join(image.get("alt", "").split())
        if len(alt) < SHORTEST_ALT:
            faults.append(f"{image['src']}: alt is too short: {alt!r}")
        if re.fullmatch(r"\S+\.\w{2,5}|<.*>|\S*/\S*", alt):
            faults.append(f"{image['src']}: alt is a file name or a repr: {alt!r}")
        if seen.setdefault(alt, image["src"]) != image["src"]:
            faults.append(f"{image['src']}: same alt as another picture: {alt!r}")
        if not (image.get("width") and image.get("height")):
            faults.append(f"{image['src']}: no size, so the text jumps when it comes")
    return faults


def foreign_or_missing(page: Page) -> list[str]:
    """What the page, or a style sheet of it, loads from elsewhere or in vain."""
    faults, todo = [], [(page.path, address) for address in page.loads()]
    done = set()
    while todo:
        source, address = todo.pop()
        if address.startswith(("data:", "#")):
            continue
        if not is_local(address):
            faults.append(f"{source.name} loads {address}")
            continue
        target = (source.parent / unquote(urlsplit(address).path)).resolve()
        if not target.is_file():
            faults.append(f"{source.name} loads {address}, which is not there")
        elif target.suffix == ".css" and target not in done:
            done.add(target)
            todo += [(target, further) for further in addresses(target.read_text())]
    return faults


def unset_formulas(page: Page) -> list[str]:
    """Formulas that did not become HTML while the book was built."""
    faults = [f"KaTeX error: {tag.text}" for tag in page.soup(class_="katex-error")]
    for formula in page.soup.find_all(class_="math"):
        if not formula.find(class_="katex-html"):
            faults.append(f"not rendered: {formula.text[:60]}")
    spared = ["pre", "code", "script", "style", "annotation"]
    for text in page.article.find_all(string=re.compile(r"\\\(|\\\[|\$\$|\\frac")):
        if not text.find_parent(spared):
            faults.append(f"raw formula in the text: {text[:60]}")
    return faults


def faulty_head(page: Page) -> list[str]:
    """What search engines and screen readers miss in the page's head."""
    soup = page.soup
    description = soup.find("meta", attrs={"name": "description"})
    icon = soup.find("link", rel="icon")
    present = {
        "language": soup.html.get("lang"),
        "title": soup.title and soup.title.text.strip(),
        "icon": icon and icon.get("href"),
        "viewport": soup.find("meta", attrs={"name": "viewport"}),
        "description": description and len(description["content"]) >= 20,
    }
    return [f"no {name}" for name, value in present.items() if not value]


def faulty_headings(page: Page) -> list[str]:
    """More or less than one h1, and levels left out on the way down."""
    tags = page.article.find_all(re.compile(r"^h[1-6]$"))
    levels = [int(tag.name[1]) for tag in tags]
    faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} headings h1"]
    for before, tag in zip([0, *levels], tags, strict=False):
        if int(tag.name[1]) > before + 1:
            faults.append(f"{tag.name} after h{before}: {tag.text.strip()}")
    return faults


def repeated_ids(page: Page) -> list[str]:
    """Ids that more than one element has."""
    counts = Counter(tag["id"] for tag in page.soup.find_all(id=True))
    return [f"id {name} {count} times" for name, count in counts.items() if count > 1]


def leftovers(page: Page) -> list[str]:
    """Scripts and styles that the theme or an extension should have been rid of."""
    tags = page.soup.find_all(["script", "link"])
    text = "".join(str(tag) for tag in tags).lower()
    return [f"{word} is still there" for word in LEFTOVERS if word in text]


CHECKS: tuple[Callable[[Page], list[str]], ...] = (
    broken_links,
    wordless_pictures,
    foreign_or_missing,
    unset_formulas,
    faulty_head,
    faulty_headings,
    repeated_ids,
    leftovers,
)
