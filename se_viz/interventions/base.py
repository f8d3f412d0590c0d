"""What a kind of intervention promises."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from se_viz.analysis.profiles.groups import Group
from se_viz.interventions.options import Option
from se_viz.interventions.selection import Selection
from se_viz.probe.edit import Edit


@dataclass(frozen=True, eq=False)
class Replacements:
    """What gates may be replaced by that comes from elsewhere, as far as it is at hand.

    Attributes:
        means: a class profile, for its means.
        patch: gates of another picture, block name -> (C,).
    """

    means: Group | None = None
    patch: Mapping[str, np.ndarray] | None = None

    def group(self) -> Group:
        """The class profile; ValueError without one."""
        if self.means is None:
            raise ValueError("It takes a class profile to set gates to a mean.")
        return self.means

    def gates(self) -> Mapping[str, np.ndarray]:
        """The other picture's gates; ValueError without one."""
        if self.patch is None:
            raise ValueError("It takes another picture to set gates to.")
        return self.patch


class InterventionKind(ABC):
    """A way to change gates: a frozen dataclass, whose fields its options fill.

    It takes a ValueError to make one of nonsense, a sentence for people.

    Attributes:
        key: in saved sweeps, tables and on the command line.
        title: for people, and in links.
        help: what it does, on the command line.
        why: what that means, a sentence on the page.
        options: what it takes, in the order of asking.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]
    why: ClassVar[str]
    options: ClassVar[tuple[Option, ...]] = ()

    @property
    @abstractmethod
    def done(self) -> str:
        """After the gates' name: `bypassed`, `set to 0.5`."""

    @property
    def brief(self) -> str:
        """The same in one word where that tells it from others of a sweep."""
        return self.done

    @abstractmethod
    def edit(self, selection: Selection, replacements: Replacements) -> Edit:
        """What becomes of the chosen gates, one row.

        Raises:
            ValueError: where it takes something that is not there; a sentence for people.
        """

    @classmethod
    def takes(cls, option: type[Option]) -> bool:
        """Whether it takes an option of this type."""
        return any(isinstance(own, option) for own in cls.options)

    def needs(self, option: type[Option]) -> bool:
        """Whether it takes an option of this type as it is made."""
        return self.takes(option)
