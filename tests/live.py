"""Explorables on a page: how tests find them, read them and lay hands on them."""

import numpy as np

SMALLEST = 5e-324


def opened(page, home, name):
    """The explorables of a page, once all are alive."""
    page.goto(f"{home}/{name}")
    page.wait_for_selector(".explorable.alive")
    page.wait_for_function(
        "document.querySelectorAll('.explorable:not(.alive)').length === 0"
    )
    return page.locator(".explorable")


def only(page, home, name, label):
    """Of the explorables of a page the one whose picture has this label."""
    opened(page, home, name)
    return page.locator(f".explorable:has(svg[aria-label='{label}'])")


def ground(box):
    """The picture in which something can be moved."""
    return box.locator("svg[role=group]")


def numbers(box):
    """{name: (number, as written)} of all numbers on show in an explorable."""
    found = box.evaluate(
        "one => [...one.querySelectorAll('data')]"
        ".map((d) => [d.dataset.name, d.value, d.textContent])"
    )
    return {name: (float(value), text) for name, value, text in found}


def looks(box):
    """All that is drawn in an explorable, as markup."""
    return box.locator(".explorable-drawing").evaluate_all(
        "all => all.map((one) => one.firstChild.outerHTML).join()"
    )


def parts(activation):
    return {
        "value": activation,
        "slope": activation.derivative,
        "bend": activation.second_derivative,
    }


def equal(ours, pythons, relative=1e-12):
    """Whether two arrays agree, down to the smallest numbers that floats know."""
    ours, pythons = np.array(ours, dtype=float), np.asarray(pythons)
    same = (ours == pythons) | (np.isnan(ours) & np.isnan(pythons))
    finite = np.where(same, 0, ours), np.where(same, 0, pythons)
    gap = np.abs(finite[0] - finite[1])
    return same | (gap <= relative * np.abs(finite[1]) + 2 * SMALLEST)


def center(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def swipe(page, start, end):
    """One finger from `start` to `end`."""
    client = page.context.new_cdp_session(page)
    path = np.linspace(start, end, 9).tolist()

    def send(kind, *points):
        touches = [{"x": x, "y": y} for x, y in points]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    send("touchStart", path[0])
    for point in path[1:]:
        send("touchMove", point)
    send("touchEnd")


def heard(page, box, slider="[role=slider]"):
    """What a screen reader tells while a slider is moved by ten keys, and after."""
    box.evaluate(
        """(one) => {
          window.told = [];
          const place = one.querySelector("[role=status]");
          new MutationObserver(() => told.push(place.textContent))
            .observe(place, { childList: true });
        }"""
    )
    box.locator(slider).first.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("told.length")
    return page.evaluate("told")
