"""What an engine promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from se_viz.pictures import Earlier, Limits, Picture, Remark, Skipped, Source
from se_viz.probe.edit import Edit
from se_viz.probe.probe import Probe
from se_viz.probe.reading import Reading


@dataclass(frozen=True, eq=False)
class Chunk:
    """Some pictures in order: `reading` row i belongs to `pictures[i]`; None without pictures.
    `remarks` are what to know of them and of the files around them."""

    reading: Reading | None
    pictures: tuple[Picture, ...]
    skipped: tuple[Skipped, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def done(self) -> int:
        """How many files, or pages of files, are done with it."""
        return len(self.pictures) + len(self.skipped)


class Engine(Protocol):
    """Where pictures pass through a network."""

    def read_pictures(
        self,
        probe: Probe,
        sources: Iterable[Source | Skipped | Remark],
        limits: Limits | None = None,
        thumbnails: bool = True,
        known: Mapping[str, Earlier] | None = None,
        edit: Edit | None = None,
    ) -> Iterator[Chunk]:
        """Pictures in, readings out, in the order of the sources.

        A chunk comes as soon as it is read, and no more is read than is asked for, so that its
        `done` tells how far it is; nothing is lost, whether it is read, skipped or remarked on.

        Args:
            probe: of the network.
            sources: pictures, and what was found of others before; taken as they are needed.
            limits: what is too large.
            thumbnails: whether pictures come with small ones of themselves.
            known: earlier pictures by their digests: what comes again is skipped.
            edit: of one row, by which the network's gates are changed on the way.

        Raises:
            ValueError: where the network cannot be run, a sentence for people.
        """
