"""What a cell holds at each symbol of a text, as a score under the text."""

from matplotlib.axes import Axes
from matplotlib.font_manager import findfont, get_font
from numpy.typing import NDArray

from lstm_lib.figures.picture import COLOURS, INK, SHADES, Picture, house_style
from lstm_lib.reading import Reader, Run, simulate

__all__ = ["tape"]

WIDEST = 48  # symbols
SHOWN = {"\n": "⏎", "\t": "⇥", " ": "·"}  # what would leave no trace
ROW = 0.19  # inches
SIGNED = "gch"


@house_style()
def tape(reader: Reader, text: str) -> Picture:
    """The first symbols of `text`, at most 48, and a row for each quantity and answer.

    Gates, from 0 to 1, are filled as far as they are open; what has a sign rises above
    or falls below its line, and is drawn to its own scale. An answer of 1 is a bar, and
    any other answer is written where it changes.

    Raises:
        TypeError: `reader` is no `Reader`, or `text` no string.
        ValueError: `text` is empty, or has what is not of the alphabet.
    """
    run = simulate(reader, text[:WIDEST] if isinstance(text, str) else text)
    if not run.text:
        raise ValueError("text is empty; expected at least one symbol")
    rows = 6 * len(reader.units) + len(reader.readings)
    picture = Picture(_in_words(reader, run), (5.2, 1.1 + ROW * rows))
    axes = picture.subplots()
    axes.set(xlim=(-0.5, len(run.text) - 0.5), ylim=(rows, -1.3))
    axes.set(xlabel="symbol, counted from 0", title=f"The {reader.name}, step by step")
    axes.grid(False)
    axes.spines[:].set_visible(False)
    _symbols(axes, run.text)
    names = _quantities(axes, reader, run) + _answers(axes, reader, run)
    ticks = axes.set_yticks([k + 0.5 for k in range(rows)], [name for name, _ in names])
    for tick, (_, colour) in zip(ticks, names):
        tick.label2.set_visible(False)
        tick.label1.set_color(colour)
    axes.tick_params(length=0)
    return picture


def _symbols(axes: Axes, text: str) -> None:
    """Each symbol above its column."""
    known = get_font(findfont("DejaVu Sans")).get_char_index
    for place, sign in enumerate(text):
        shown = SHOWN.get(
            sign, sign if sign.isprintable() and known(ord(sign)) else "▯"
        )
        axes.text(place, -0.5, shown, ha="center", va="center", parse_math=False)


def _quantities(axes: Axes, reader: Reader, run: Run) -> list[tuple[str, str]]:
    """Six rows for each unit; returns what to write beside them, and its colour."""
    names = []
    for unit, title in enumerate(reader.units):
        for letter in "ifgoch":
            values = getattr(run, letter)[:, unit]
            _row(axes, len(names), letter, values)
            names.append(
                (f"{title}  {letter}" if letter == "i" else letter, SHADES[letter])
            )
    return names


def _row(axes: Axes, row: int, letter: str, values: NDArray) -> None:
    """One quantity, which fills its row as far as it is large."""
    low, high = 0.0, 1.0
    if letter in SIGNED:
        low, high = min(0, values.min()), max(0, values.max())
        low, high = (-1, 1) if letter == "g" else (low, max(high, low + 1e-9))
    floor = row + 0.92
    size = 0.84 / (high - low)
    zero = floor + low * size
    edges = [place - 0.5 for place in range(len(values) + 1)]
    axes.plot(edges[:: len(edges) - 1], [zero, zero], color="#999999", linewidth=0.6)
    axes.stairs(
        (zero - values * size).round(4), edges, baseline=zero, fill=True,
        color=COLOURS[letter],
    )  # fmt: skip


def _answers(axes: Axes, reader: Reader, run: Run) -> list[tuple[str, str]]:
    """A row for each reading; returns what to write beside them, and its colour."""
    first = 6 * len(reader.units)
    for row, reading in enumerate(reader.readings, first):
        answers = run.answers[reading.name]
        words = dict(reading.words)
        for place, answer in enumerate(answers.tolist()):
            if reading.kind == "above" and answer:
                box = [place - 0.5, place + 0.5]
                axes.fill_between(box, row + 0.2, row + 0.9, color=INK, linewidth=0)
            elif reading.kind == "round" and (
                place == 0 or answer != answers[place - 1]
            ):
                said = words.get(answer, str(answer).replace("-", "−"))
                axes.text(place - 0.4, row + 0.55, said, size=7, va="center")
    return [(reading.name, INK) for reading in reader.readings]


def _in_words(reader: Reader, run: Run) -> str:
    units = ", ".join(reader.units)
    ends = "; ".join(f"{name} {answers[-1]}" for name, answers in run.answers.items())
    state = ", ".join(f"{c:.3f}" for c in run.c[-1])
    return (
        f"The {reader.name} cell, with B = {reader.strength:g}, reads {len(run.text)}"
        f" symbols. Below each of them stand the gates i, f and o, the candidate g, the"
        f" state c and the output h, for {units}. After the last symbol c is {state},"
        f" and the answer is: {ends}."
    )
