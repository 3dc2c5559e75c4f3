"""The figure of an attempt shows its weights, and the string on which it fails."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from lstm_lib import figures as draw
from lstm_lib.figures.picture import COLOURS
from lstm_lib.puzzles import PUZZLES


def title(picture):
    return picture.axes[0].get_title("left")


def test_a_wrong_attempt():
    picture = draw.attempt("latch", [2, 2, -1, 0, 0, 1, 1, -1])
    grid, score = picture.axes
    assert title(picture) == "After rs it should say 1, and says 0"
    cells = {text.get_position(): text.get_text() for text in grid.texts}
    row = [cells[j, 0] for j in range(4)], [cells[j, 2] for j in range(4)]
    assert row == (["+2B", "+2B", "0", "−B"], ["+B", "−B", "0", "0"])
    heads = [cells[j, -0.75] for j in range(4)]
    assert heads == ["s", "r", ".", "always"] and len(cells) == 3 + 3 * 4 + 4
    assert cells[-0.6, 1] == "forget gate f"
    frames = {
        tuple(box.get_center()): to_hex(box.get_edgecolor()) for box in grid.patches
    }
    assert len(frames) == 8 and (2, 0) not in frames, "only free weights are framed"
    assert frames[3, 1] == COLOURS["f"].lower()
    right, read = score.lines[:2]
    assert [*right.get_ydata()] == [0, 1] and right.get_linestyle() == "None"
    assert read.get_ydata() == pytest.approx([-1, 0], abs=1e-3)
    assert [*score.lines[2].get_ydata()] == [0.5, 0.5], "the line between the answers"
    assert [tick.get_text() for tick in score.get_xticklabels()] == ["r", "s"]
    assert score.get_ylabel() == "c (dots), right answer (squares)"
    assert picture.alt == (
        "An attempt at the puzzle latch, one unit with the weights i s: +2B, i r: +2B,"
        " i always: −B, f s: 0, f r: 0, f always: +B, g s: +B, g r: −B. After rs it"
        " should say 1, and says 0. While it reads rs, c is −1.00, 0.00; right were"
        " 0, 1."
    )


@pytest.mark.parametrize("name", PUZZLES)
def test_a_right_attempt_shows_the_example(name):
    asked = PUZZLES[name]
    picture = draw.attempt(name, asked.solution)
    grid, score = picture.axes
    strings = 9840 if name == "latch" else 510
    assert title(picture) == f"Right on all {strings} strings"
    assert "".join(t.get_text() for t in score.get_xticklabels()) == asked.example
    right = [asked.reference(asked.example[: end + 1]) for end in range(8)]
    assert [*score.lines[0].get_ydata()] == right
    read = score.lines[1].get_ydata()
    if asked.reading.kind == "round":
        assert np.rint(read).tolist() == right and len(score.lines) == 2
    else:
        assert (read > 0.5).tolist() == right and len(score.lines) == 3
    letter = "h" if name == "toggle" else "c"
    assert score.get_ylabel()[0] == letter and f"{letter} is" in picture.alt
    columns = [t.get_text() for t in grid.texts if t.get_position()[1] == -0.75]
    assert ("h" in columns) == (name == "toggle")


def test_what_is_too_near_to_tell():
    picture = draw.attempt("counter", [1, 0, 0, 2, -2])
    assert title(picture) == "After aa it should say 2, and is too near to tell"
    down = draw.attempt("counter", [1, -2, 1, 1, 0])
    assert title(down) == "After b it should say −1, and says 0"


def test_what_is_no_setting_is_refused():
    with pytest.raises(ValueError, match="weights has 1 numbers; expected 5"):
        draw.attempt("counter", [1])
