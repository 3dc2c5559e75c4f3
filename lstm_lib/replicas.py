"""Networks of one kind side by side, which share nothing but the call.

Whoever asks what chance does to a training has to train many networks. Here they are
one network whose arrays have one more axis in front: R replicas.
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import ClassVar, Self

import numpy as np

from lstm_lib import checks

__all__ = ["PARAMETERS", "Replicated"]

PARAMETERS = ("W", "U", "b")


class Replicated:
    """A network that may have R replicas, as the first axis of W, U and b.

    What inherits this is a frozen dataclass; `axes` says how many axes its W has
    without replicas.
    """

    axes: ClassVar[int]

    @property
    def replicas(self) -> int | None:
        """R, the number of replicas; None for a single network."""
        return None if self.W.ndim == self.axes else len(self.W)

    def __getitem__(self, place: int) -> Self:
        """One of the replicas as a single network; TypeError if there are none."""
        if self.replicas is None:
            kind = type(self).__name__
            raise TypeError(f"this {kind} is single; expected one with replicas")
        return replace(
            self, **{name: getattr(self, name)[place] for name in PARAMETERS}
        )

    @classmethod
    def stack(cls, networks: Iterable[Self]) -> Self:
        """Single networks of one size and with the same activations as replicas of one.

        Raises:
            TypeError: an entry is of another class.
            ValueError: there is none, one has replicas itself, or they differ in
                size or activations.
        """
        networks = [*networks]
        for one in networks:
            checks.instance("networks", one, cls)
        rest = [one.name for one in fields(cls) if one.name not in PARAMETERS]
        kinds = {
            (one.W.shape, *(getattr(one, name) for name in rest)) for one in networks
        }
        if len(kinds) != 1 or networks[0].replicas is not None:
            raise ValueError("networks are not alike; expected single ones of one kind")
        joined = {
            name: np.stack([getattr(one, name) for one in networks])
            for name in PARAMETERS
        }
        return replace(networks[0], **joined)
