"""A handmade cell that reads a text: a score of all symbols, to be stepped through."""

from functools import cache
from types import MappingProxyType

from ipywidgets import HBox, Textarea, jslink
from traitlets import Enum, Float, Int, List, Unicode, default, observe, validate

from lstm_lib import checks
from lstm_lib.explorables.explorable import WRAP, Drawing, Explorable, menu, slider
from lstm_lib.figures.tape import tape
from lstm_lib.handmade import HANDMADE
from lstm_lib.reading import Reader

__all__ = ["EXAMPLES", "MOST", "Tape", "TapeDrawing"]

NAMES = (*HANDMADE,)
ENDS, STEP = (1.0, 20.0), 0.5
STRENGTHS = tuple(ENDS[0] + STEP * k for k in range(39))
MOST = 10_000  # characters
# What there is to read, as long as nobody has typed anything else.
EXAMPLES = MappingProxyType(
    {
        "counter": "aaaaabbbaabbbbb",
        "ordered counter": "aaaabbbbab",
        "counter with reset": "....x......x.x...",
        "depth": "f(a, g(b + (c)) − d) + e)",
        "latch": "..s....r..ss...r.s..",
        "toggle": "0010001101000",
        "quote": 'He said "no", then “maybe”.',
        "subject": "♀ Ada wrote. She thought. ♂ Ben read.",
        "column": "A cell\nthat counts\ncolumns",
    }
)


class TapeDrawing(Drawing):
    """A text on a tape, and under each symbol what the cell holds and answers.

    Traits:
        cell: a name in `HANDMADE`. With another cell comes its example, if the text
            still is that of the cell before; any other text stays.
        text: any string. Where the cell cannot read a character, or there are more
            than `MOST`, the tape says so, and shows what comes before. A line break
            of Windows or of an old Mac becomes "\\n", as in text fields of browsers.
        strength: B, from 1 to 20 in steps of 0.5.
        place: of the symbol that is shown in full, counted from 0; −1 stands for the
            last one, and so does any place beyond it.
        examples: a text for each cell, in the order of `HANDMADE`.
    """

    cell = Enum(NAMES, NAMES[0])
    cell_index = Int(0, min=0, max=len(NAMES) - 1).tag(sync=True)
    text = Unicode("").tag(sync=True)
    strength = Float(10.0).tag(sync=True)
    place = Int(-1, min=-1).tag(sync=True)
    examples = List(Unicode(), [*EXAMPLES.values()]).tag(sync=True)
    cells = List(read_only=True).tag(sync=True)
    strengths = List(Float(), STRENGTHS, read_only=True).tag(sync=True)
    most = Int(MOST, read_only=True).tag(sync=True)

    def __init__(self, **traits: object) -> None:
        super().__init__(**traits)
        self.choose("cell", NAMES)

    @default("cells")
    def _all_cells(self) -> list:
        return [*cells()]

    @validate("text")
    def _break_lines_in_one_way(self, proposal: dict) -> str:
        return _with_one_break(proposal["value"])

    @validate("strength")
    def _stay_on_the_slider(self, proposal: dict) -> float:
        B = checks.number("strength", proposal["value"])
        if B not in STRENGTHS:
            raise ValueError(
                f"strength is {B:g}; expected a number from 1 to 20 in steps of 0.5"
            )
        return B

    @observe("cell_index")
    def _bring_its_example(self, change: dict) -> None:
        if self.text == self.examples[change["old"]]:
            self.text = self.examples[change["new"]]


class Tape(Explorable):
    """A `TapeDrawing` with a menu of cells, a slider for B and a field for the text.

    Args:
        cell: a name in `HANDMADE`.
        text: what it reads at first, at most `MOST` characters that the cell can
            read; an example that fits the cell, if none is given.
        strength: B at first, from 1 to 20 in steps of 0.5.

    Attributes:
        drawing: the `TapeDrawing`; observe and set its traits.

    Raises:
        traitlets.TraitError: there is no such cell.
        TypeError, ValueError: `text` is no such text, or `strength` no such number.
    """

    def __init__(
        self,
        cell: str = "quote",
        text: str | None = None,
        strength: float = 10.0,
    ) -> None:
        strength = checks.number("strength", strength)
        self.drawing = TapeDrawing(cell=cell, strength=strength)
        reader = HANDMADE[cell](strength)
        self.drawing.text = _readable(reader, EXAMPLES[cell] if text is None else text)
        own = EXAMPLES | {cell: self.drawing.text}
        self.drawing.examples = [*own.values()]
        field = Textarea(
            self.drawing.text,
            description="text",
            rows=2,
            layout={"width": "auto"},
        )
        jslink((field, "value"), (self.drawing, "text"))
        choice = menu(self.drawing, "cell", "cell", NAMES)
        B = slider(self.drawing, "strength", "strength B", ENDS, STEP)
        B.readout_format = ".1f"
        super().__init__(
            [HBox([choice, B], layout=WRAP), field, self.drawing],
            tape(reader, self.drawing.text),
            "Where JavaScript runs, any text can be read, by each of the cells, and"
            " stepped through.",
        )


def _with_one_break(text: str) -> str:
    """`text` with line breaks of one kind, as fields of browsers keep them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _readable(reader: Reader, text: str) -> str:
    """`text`, if it is a text that `reader` reads and that is not too long."""
    checks.instance("text", text, str)
    text = _with_one_break(text)
    if len(text) > MOST:
        raise ValueError(f"text has {len(text)} characters; expected at most {MOST}")
    reader.encode(text)
    return text


@cache
def cells() -> list:
    """Every cell as the page needs it: weights for strength 1, and all its reaches."""
    return [_told(HANDMADE[name](1.0), name) for name in NAMES]


def _told(reader: Reader, name: str) -> dict:
    """A reader in what JSON knows; `reaches` has one for each of `STRENGTHS`."""
    return {
        "name": name,
        "symbols": [*reader.symbols],
        "others": reader.others,
        "span": reader.span,
        "units": [*reader.units],
        "readings": [
            {
                "name": reading.name,
                "kind": reading.kind,
                "cell": [*reading.cell],
                "hidden": [*reading.hidden],
                "bias": reading.bias,
                "words": [[*pair] for pair in reading.words],
            }
            for reading in reader.readings
        ],
        "W": reader.lstm.W.tolist(),
        "U": reader.lstm.U.tolist(),
        "b": reader.lstm.b.tolist(),
        "reaches": [HANDMADE[name](B).reach for B in STRENGTHS],
    }
