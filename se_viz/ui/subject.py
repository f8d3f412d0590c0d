"""The picture that a page looks at: one of this session's, or a drawn one while there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from se_viz.pictures import Source, load_one
from se_viz.probe.reading import Reading
from se_viz.ui import resources
from se_viz.ui.session import collection

PARAMETER, OTHER, DIGITS = "picture", "other", 12
"""In the link: the first digits of the SHA-256 of the picture's file, never the picture."""


@dataclass(frozen=True, eq=False)
class Subject:
    """A picture in what the network of the pages read.

    Attributes:
        reading, row: where it stands.
        name: for people.
        digest: SHA-256 of its file, in hex.
        digests: of all pictures of the reading.
        thumbnail: JPEG bytes.
        source: where numbers measured on it come from, in words.
        of_file: its file.
    """

    reading: Reading
    row: int
    name: str
    digest: str
    digests: Sequence[str] = field(repr=False)
    thumbnail: bytes = field(repr=False)
    source: str
    of_file: Source

    @property
    def label(self) -> str:
        return self.reading.labels[self.row]

    def view(self) -> np.ndarray:
        """uint8 (size, size, 3), as the network sees it.

        Raises:
            PictureError: where the file can no longer be read; a sentence for people.
        """
        preprocessing = resources.probe().network.preprocessing
        return load_one(self.of_file, preprocessing, thumbnails=False).view


def choose() -> Subject:
    """A widget to pick it; the link holds which one it is."""
    mine = collection()
    if not len(mine):
        st.caption(
            "No pictures of yours yet, so here are some drawn by code; add your own at the side."
        )
        found = resources.drawn()
        names, digests = found.reading.names, found.digests
        row = _pick(names, digests, len(names) - 1)
        source, thumbnail = found.sources[row], found.thumbnails[row]
        said = "measured on this drawn picture"
        return Subject(
            found.reading, row, names[row], digests[row], digests, thumbnail, said, source
        )
    digests = tuple(shot.digest for shot in mine.shots)
    row = _pick([shot.name for shot in mine.shots], digests, 0)
    shot = mine.shots[row]
    source = mine.spool.source(shot.digest, shot.name, shot.label)
    said = "measured on this picture"
    return Subject(
        mine.labelled(), row, shot.name, shot.digest, digests, shot.thumbnail, said, source
    )


def other(subject: Subject) -> int:
    """A widget to pick another picture of the same reading: its row."""
    names, usual = subject.reading.names, (subject.row + 1) % len(subject.reading)
    return _pick(names, subject.digests, usual, "The other picture", OTHER)


def _pick(
    names: Sequence[str],
    digests: Sequence[str],
    usual: int,
    label: str = "Picture",
    parameter: str = PARAMETER,
) -> int:
    wanted = st.query_params.get(parameter, "")
    linked = [row for row, digest in enumerate(digests) if wanted and digest.startswith(wanted)]
    if wanted and not linked:
        st.info(
            "The link's picture is not among these: a link never holds a picture. Add it at the "
            "side, then pick it here.",
            icon=":material/info:",
        )
    row = st.selectbox(
        label,
        range(len(names)),
        linked[0] if linked else usual,
        format_func=lambda row: names[row],
        key=f"{parameter} {len(names)} {digests[0][:DIGITS]}",
    )
    st.query_params[parameter] = digests[row][:DIGITS]
    return row
