"""What is left of a change of a state: letter by letter, with distance, and by path.

Sizes are drawn as powers of ten. Where there are several networks, a line or a dot is
the middle one of them, and a band or a bar holds the middle half.
"""

from collections.abc import Mapping, Sequence
from itertools import cycle
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from lstm_lib.figures.picture import (
    COLOURS,
    DASHES,
    INK,
    SHADES,
    Picture,
    house_style,
    note,
)

__all__ = ["fading", "paths_apart", "worth"]

Array = NDArray[np.floating]
QUARTILES = (0.25, 0.5, 0.75)
POINTS = 20  # of a line; they are nearly straight
GAP = 0.23  # between names at the ends of lines, in inches, nearly


@house_style()
def worth(text: str, lines: Mapping[str, ArrayLike], title: str) -> Picture:
    """What a change of a state after the first letter is worth after each letter.

    `lines` holds for each of up to four units len(text) shares, the first of them 1.
    """
    alt = f"What is left, after each letter of {text}, of a change after the first."
    for name, shares in lines.items():
        alt += f" {name}: {', '.join(f'{share:.3f}' for share in shares)}."
    picture = Picture(alt, (5.2, 2.6))
    axes = picture.subplots()
    places = range(len(text))
    for (name, shares), dash in zip(lines.items(), DASHES):
        shares = np.round(shares, 6)
        axes.plot(places, shares, color=COLOURS["c"], linestyle=dash, marker="o")
        note(axes, places[-1], shares[-1], name, (10, -4), SHADES["c"])
    axes.set(xlim=(-0.2, 1.6 * places[-1]), ylim=(0, 1.06))
    axes.set_xticks(places, list(text))
    axes.set(xlabel="letter just read", ylabel="what is left")
    axes.set_title(title)
    return picture


@house_style()
def fading(
    frames: Mapping[str, Mapping[str, ArrayLike]],
    title: str,
    axis: str = "steps between the two states",
    label: str = "what is left",
    inks: Mapping[str, str] = MappingProxyType({}),
) -> Picture:
    """Sizes against distance on a logarithmic axis, one or two frames side by side.

    Args:
        frames: for each frame, by what stands below it, lines by their names; each is
            an array (N, T) of sizes > 0, in N networks at distance 0, 1, ….
        title: what is found.
        axis: what the horizontal axis counts.
        label: what the vertical axis shows.
        inks: the quantity whose colour a line has, by its name; h if it has none.
    """
    powers = {
        frame: {name: _powers(sizes) for name, sizes in lines.items()}
        for frame, lines in frames.items()
    }
    height = 2 + 0.3 * max(map(len, powers.values()))
    picture = Picture(_fading_in_words(powers, label), (5.2, height))
    row = picture.subplots(1, len(powers), sharey=True, squeeze=False)[0]
    for axes, (frame, lines) in zip(row, powers.items()):
        _lines(axes, lines, inks, room=0.2 + 0.3 * len(powers))
        axes.set_xlabel(f"{axis}\n{frame}" if frame else axis)
    row[0].yaxis.set_major_locator(MaxNLocator(6, integer=True))
    row[0].yaxis.set_major_formatter(_power)
    row[0].set_ylabel(label)
    row[0].set_title(title)
    for axes, lines in zip(row, powers.values()):
        _named(axes, {name: line[1] for name, line in lines.items()}, inks, height)
    return picture


def _power(power: float, _: int) -> str:
    """A tick at a power of ten."""
    return f"$10^{{{power:.0f}}}$"


def _lines(
    axes: Axes, lines: Mapping[str, Array], inks: Mapping[str, str], room: float
) -> None:
    """Medians in bands, with room for names on the right, as a share of the width."""
    for (name, line), dash in zip(lines.items(), cycle(DASHES)):
        last = line.shape[1] - 1
        steps = np.linspace(0, last, min(last, POINTS) + 1).astype(int)
        ink, (low, middle, high) = inks.get(name, "h"), line[:, steps]
        axes.fill_between(steps, low, high, color=COLOURS[ink], alpha=0.3, linewidth=0)
        axes.plot(steps, middle, color=SHADES[ink], linestyle=dash, linewidth=1.6)
    axes.set_xlim(0, last * (1 + room))
    axes.set_xticks([0, last // 2, last])


def _powers(sizes: ArrayLike) -> Array:
    """Quartiles (3, T) of the powers of ten of sizes (N, T)."""
    powers = np.log10(np.atleast_2d(sizes))
    return np.round(np.quantile(powers, QUARTILES, axis=0), 3) + 0


def _named(
    axes: Axes, lines: Mapping[str, Array], inks: Mapping[str, str], height: float
) -> None:
    """The names at the ends of the lines, pushed apart where these lie close."""
    low, high = axes.get_ylim()
    names = sorted(lines, key=lambda name: lines[name][-1])
    ends = [lines[name][-1] for name in names]
    for name, y in zip(names, _apart(ends, (high - low) * GAP / height)):
        ink, x = inks.get(name, "h"), 1.04 * (len(lines[name]) - 1)
        note(axes, x, y, name, (0, 0), SHADES[ink], va="center", annotation_clip=False)


def _apart(ends: Sequence[float], step: float) -> list[float]:
    """Heights near rising `ends`, with what is closer than `step` spread around it."""
    together: list[list[float]] = []
    for end in ends:
        together.append([end])
        while len(together) > 1:
            below, here = (_spread(group, step) for group in together[-2:])
            if here[0] - below[-1] >= step:
                break
            together[-2:] = [together[-2] + together[-1]]
    return [place for group in together for place in _spread(group, step)]


def _spread(group: Sequence[float], step: float) -> list[float]:
    """As many heights, one step from each other, around the mean of the `group`."""
    first = np.mean(group) - step * (len(group) - 1) / 2
    return [first + step * place for place in range(len(group))]


def _fading_in_words(frames: Mapping[str, Mapping[str, Array]], label: str) -> str:
    """Where each line ends, in powers of ten."""
    words = f"{label}, against distance, in powers of ten"
    told = [f"{words[0].upper()}{words[1:]}: median, and quartiles in brackets."]
    for frame, lines in frames.items():
        steps = next(iter(lines.values())).shape[1] - 1
        told.append(f"{frame + ', after' if frame else 'After'} {steps} steps:")
        for name, line in lines.items():
            low, middle, high = line[:, -1]
            between = f" ({low:z.1f} to {high:z.1f})" if high > low else ""
            told.append(f"{name}: {middle:z.1f}{between}.")
    return " ".join(told)


@house_style()
def paths_apart(rows: Mapping[str, tuple[ArrayLike, ArrayLike]], title: str) -> Picture:
    """The product of the forget gates beside the whole derivative, for each row.

    `rows` holds for each kind of network the sizes of both (N,), > 0. A thin line is
    the range of the N networks, a thick one the middle half, a dot the median.
    """
    ends = {
        name: [np.quantile(np.log10(one), (0, *QUARTILES, 1)).round(3) for one in pair]
        for name, pair in rows.items()
    }
    alt = "Sizes in powers of ten, median, and range of the whole."
    for name, (direct, whole) in ends.items():
        alt += f" {name}: direct {direct[2]:z.1f}, whole {whole[2]:z.1f},"
        alt += f" from {whole[0]:z.1f} to {whole[4]:z.1f}."
    picture = Picture(alt, (5.2, 0.9 + 0.42 * len(rows)))
    axes = picture.subplots()
    for row, pair in enumerate(ends.values()):
        for at, ink, mark, five in zip((-0.16, 0.16), "fc", "so", pair):
            _bar(axes, row + at, five, ink, mark)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_yticks(range(len(rows)), [*rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)
    axes.xaxis.set_major_locator(MaxNLocator(7, integer=True))
    axes.xaxis.set_major_formatter(_power)
    axes.margins(x=0.04)
    axes.set_xlabel("what is left: squares, product of forget gates; dots, whole")
    axes.set_title(title)
    return picture


def _bar(axes: Axes, y: float, five: Array, ink: str, mark: str) -> None:
    """Range, middle half and median at the height y."""
    for ends, width in ((five[::4], 1), (five[1:4:2], 5)):
        axes.plot(ends, [y, y], color=COLOURS[ink], linewidth=width)
    axes.plot(five[2], y, mark, color=SHADES[ink], markersize=6)
