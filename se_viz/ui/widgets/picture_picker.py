"""The picture that a page looks at: one of this session's, or a rendered scene while there are
none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

from se_viz.pictures import Source, model_input_of
from se_viz.pictures.labels.names import unique_names
from se_viz.pictures.rendered import scenes
from se_viz.probe.reading import Reading
from se_viz.ui.components import wall
from se_viz.ui.escaping import cut
from se_viz.ui.sentences import labels
from se_viz.ui.state import address, examples, resources
from se_viz.ui.state.examples import Examples
from se_viz.ui.state.session import collection
from se_viz.ui.widgets import rendered_scenes
from se_viz.ui.widgets.figure_card import on_phone

PARAMETER, OTHER, DIGITS = "picture", "other", 12
"""In the link: the first digits of the SHA-256 of the picture's file, never the picture."""
LONG, SHORT = 60, 20
"""Letters of a name in a list, and of one on a phone: the browser would cut off its end, and the
class with it."""
NONE_YET = (
    "No pictures of yours yet, so here are scenes rendered by our own code, at noon. The first by "
    "name is shown first, however well the network does on it. Add your own at the side."
)
MISSING = (
    "The link's picture is not among these: a link never holds a picture. Add it at the side, and "
    "it is chosen here."
)


@dataclass(frozen=True, eq=False)
class Subject:
    """A picture in what the network of the pages read.

    Attributes:
        reading, row: where it stands.
        name: for people.
        digest: what tells it from others, in hex: SHA-256 of its file, or of that and its page.
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

    def model_input(self) -> np.ndarray:
        """uint8 (size, size, 3), as the network sees it.

        Raises:
            PictureError: where the file can no longer be read; a sentence for people.
        """
        preprocessing = resources.probe().network.preprocessing
        return model_input_of(self.of_file, preprocessing)


def choose(strip: bool = True) -> Subject:
    """A widget to pick it; the link holds which one it is.

    Args:
        strip: whether the scenes, while there are no other pictures, are to be clicked on here.
    """
    mine = collection()
    above = st.container()  # so that nothing below moves when it goes
    if not len(mine):
        return _choose_scene(above, strip)
    digests = tuple(shot.digest for shot in mine.shots)
    reading = mine.labelled()
    row = _pick(reading.names, digests, 0, _marked(reading))
    shot = mine.shots[row]
    source = mine.source(shot)
    said = labels.measured_on_picture(shot.name)
    return Subject(reading, row, shot.name, shot.digest, digests, shot.thumbnail, said, source)


def _choose_scene(above: Any, strip: bool) -> Subject:
    """One of the rendered scenes, with what there is to know of them in a container above."""
    found = examples.examples()
    names, digests = found.reading.names, found.digests
    row = _pick(names, digests, examples.default_row(), found.reading.labels)
    with above:
        _told_of_scenes(row)
        if strip:
            _strip(found, row)
    source, thumbnail = found.sources[row], found.thumbnails[row]
    said = found.measured_on(row)
    return Subject(found.reading, row, names[row], digests[row], digests, thumbnail, said, source)


def _told_of_scenes(row: int) -> None:
    """What they are, and the button that loads the chosen one in its four lights."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(NONE_YET, width="stretch")
        if row < len(scenes()):
            rendered_scenes.button(scenes()[row], "picker")


def _strip(found: Examples, row: int) -> None:
    facts = zip(found.digests, found.thumbnails, found.reading.names, strict=True)
    cards = [wall.card_of(digest, picture, "plain", "", name) for digest, picture, name in facts]
    wall.show(cards, found.digests[row], look_at, label=found.title, key="scenes here", small=True)


def look_at(digest: str) -> None:
    """Let pages look at the picture with this digest from now on."""
    _wanted(PARAMETER).choose(digest)


def other(subject: Subject) -> int:
    """A widget to pick another picture of the same reading: its row."""
    names, usual = subject.reading.names, (subject.row + 1) % len(subject.reading)
    labels = _marked(subject.reading)
    return _pick(names, subject.digests, usual, labels, "The other picture", OTHER)


def _marked(reading: Reading) -> list[str]:
    return [reading.marked(row) for row in range(len(reading))]


def thumbnail(row: int) -> bytes:
    """JPEG bytes of a picture of the reading, by its row."""
    mine = collection()
    return mine.shots[row].thumbnail if len(mine) else examples.examples().thumbnails[row]


def _pick(
    names: Sequence[str],
    digests: Sequence[str],
    usual: int,
    labels: Sequence[str],
    label: str = "Picture",
    parameter: str = PARAMETER,
) -> int:
    """A row: the one that the link asks for, or that was chosen last, as soon as it is there."""
    wanted, key = _wanted(parameter), f"{parameter} row"
    most = SHORT if on_phone() else LONG
    told = (f"{cut(name, most)} · {kind}" for name, kind in zip(names, labels, strict=True))
    titles = unique_names([(title,) for title in told])  # the browser sends titles back
    row = wanted.row(digests)
    with st.container():
        if row is None and wanted.digits:
            st.info(MISSING, icon=":material/info:")
    st.session_state[key] = usual if row is None else row
    row = st.selectbox(
        label,
        range(len(names)),
        format_func=lambda row: titles[row],
        key=key,
        on_change=lambda: wanted.choose(digests[st.session_state[key]]),
    )
    address.put(parameter, [wanted.digits or digests[row][:DIGITS]])
    return row


@dataclass
class AwaitedPicture:
    """Which picture a session wants to look at, by its first digits; none for the usual one.

    `found` tells that it was there once: then it need not be waited for when it goes.
    """

    digits: str = ""
    found: bool = False

    def choose(self, digits: str, found: bool = True) -> None:
        self.digits, self.found = digits[:DIGITS].lower(), found

    def row(self, digests: Sequence[str]) -> int | None:
        """Where it stands; None where it is not there."""
        rows = (row for row, digest in enumerate(digests) if digest.startswith(self.digits))
        row = next(rows, None) if self.digits else None
        if row is not None:
            self.found = True
        elif self.found:
            self.choose("", False)
        return row


def _wanted(parameter: str) -> AwaitedPicture:
    wanted: AwaitedPicture = st.session_state.setdefault(f"{parameter} wanted", AwaitedPicture())
    asked = address.asked(parameter)
    if asked:
        wanted.choose(asked[-1], False)
    return wanted
