"""The figures of the book: data in, closed figure with an alternative text out."""

from lstm_lib.figures.activations import slopes, tails
from lstm_lib.figures.autopsy import autopsy
from lstm_lib.figures.bounds import counts_shown, extremes, settling
from lstm_lib.figures.cell import counts, diagram, trace
from lstm_lib.figures.combining import sensitivities, ways
from lstm_lib.figures.compare import compare
from lstm_lib.figures.comparison import depth, race, zigzag
from lstm_lib.figures.counting import losses, reaches
from lstm_lib.figures.derivatives import curves
from lstm_lib.figures.flow import flow
from lstm_lib.figures.gating import gates, learning, reliability
from lstm_lib.figures.gradients import fading, paths_apart, worth
from lstm_lib.figures.hard_tanh import cost_ratio, gap_to_tanh, weight_by_update
from lstm_lib.figures.leaks import larger_of_two, path_slopes
from lstm_lib.figures.maps import maps
from lstm_lib.figures.product import surface
from lstm_lib.figures.puzzle import attempt
from lstm_lib.figures.rectifier import dying, flat_shares, kinds, loops, supports
from lstm_lib.figures.scope import scope
from lstm_lib.figures.score import score
from lstm_lib.figures.soft import bends, centres, distortions, drift, waves
from lstm_lib.figures.spirals import arms
from lstm_lib.figures.step import fates, paths_of_the_state, readings
from lstm_lib.figures.swaps import memories, ranges, swaps
from lstm_lib.figures.tape import tape
from lstm_lib.figures.tied import one_input, one_input_slopes, relatives
from lstm_lib.figures.weights import weights

__all__ = [
    "arms",
    "attempt",
    "autopsy",
    "bends",
    "centres",
    "compare",
    "cost_ratio",
    "counts",
    "counts_shown",
    "curves",
    "depth",
    "diagram",
    "distortions",
    "drift",
    "dying",
    "extremes",
    "fading",
    "fates",
    "flat_shares",
    "flow",
    "gap_to_tanh",
    "gates",
    "kinds",
    "larger_of_two",
    "learning",
    "loops",
    "losses",
    "maps",
    "memories",
    "one_input",
    "one_input_slopes",
    "path_slopes",
    "paths_apart",
    "paths_of_the_state",
    "race",
    "ranges",
    "reaches",
    "readings",
    "relatives",
    "reliability",
    "scope",
    "score",
    "sensitivities",
    "settling",
    "slopes",
    "supports",
    "surface",
    "swaps",
    "tails",
    "tape",
    "trace",
    "waves",
    "ways",
    "weight_by_update",
    "weights",
    "worth",
    "zigzag",
]
