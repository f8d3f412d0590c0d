"""What is known of a network before it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from se_viz.nets.network import Network
from se_viz.pictures import Preprocessing

Progress = Callable[[int, int], None]
"""Is told bytes so far, and bytes in all."""


@dataclass(frozen=True)
class Entry:
    """A network that can be loaded.

    Attributes:
        name, title: for `--model`, and for people.
        family: whose it is, as a heading in a list.
        classes: how many.
        parameters: weights without batch-norm statistics; se_blocks: how many.
        preprocessing: how it wants its pictures.
        top1, top5: its accuracy in percent, None where nobody gave it, and `accuracy_source`, where
            these numbers come from.
        size: bytes of the weights, about.
        licence: of the weights.
        origin: who trained it and where the weights come from, a sentence; url: to read more.
        local: tells whether the weights are on this machine.
        path: tells in which file they are, None where they are not here or in none.
        load: fetches the weights where they are not, and builds the network.
    """

    name: str
    title: str
    family: str
    classes: int
    parameters: int
    se_blocks: int
    preprocessing: Preprocessing
    top1: float | None
    top5: float | None
    accuracy_source: str
    size: int
    licence: str
    origin: str
    url: str
    local: Callable[[], bool]
    path: Callable[[], Path | None]
    load: Callable[[Progress | None], Network]

    def as_dict(self) -> dict:
        """Plain values, as JSON keeps them."""
        facts = {key: value for key, value in vars(self).items() if key not in ("load", "path")}
        return facts | {"preprocessing": self.preprocessing.as_dict(), "local": self.local()}
