"""The intervention lab: many pictures with other gates, and then one of them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from se_viz.analysis.predictions.true_classes import Truth
from se_viz.pictures import PictureError
from se_viz.ui.escaping import plain
from se_viz.ui.pages.base import Page
from se_viz.ui.pages.lab import choice, many, one_picture, own_pictures, shown
from se_viz.ui.pages.lab.choice import Planned
from se_viz.ui.sentences import lab
from se_viz.ui.sentences.common import NO_OUTPUT
from se_viz.ui.state import resources
from se_viz.ui.state.session import Collection, apart, collection
from se_viz.ui.widgets import picture_picker, true_classes, ways
from se_viz.ui.widgets.picture_picker import Subject

THUMBNAIL = 160  # pixels
STYLE = "<style>.st-key-lab-heading h2 {font-size: 1.35rem; padding: 0 0 0.4rem}</style>"


def draw() -> None:
    """What changes on many pictures, on one, and, when asked, on all of one's own."""
    st.html(STYLE)
    heading = st.container(key="lab-heading")
    first, rest = st.container(), st.container()
    if not resources.output().classes:
        heading.header(lab.ASKED)
        st.info(NO_OUTPUT, icon=":material/info:")
        return
    reference, mine = resources.reference(), collection()
    own = apart(mine.group(), reference)
    with rest:
        st.subheader(lab.ONE, divider=True)
        subject = _subject()
    with first:
        groups = (reference, own) if own else (reference,)
        wanted = choice.choose(resources.blocks(), subject, groups)
        guesses = resources.output().guesses
        truth = true_classes.truth(mine) if len(mine) and guesses else None
        if wanted is None or not guesses:
            heading.header(lab.ASKED)
        else:
            _many(heading, mine, truth, wanted, subject)
        if wanted is not None and len(wanted.intervention.selection) == 1:
            ((block, channels),) = wanted.intervention.selection.places.items()
            ways.every_class(block, int(channels[0]))
    with rest:
        if wanted is not None and _one(subject, wanted) and len(mine):
            own_pictures.all_of(mine, wanted, truth)


def _subject() -> Subject:
    """The picture that the lower half looks at, which the wall above lets choose too."""
    st.caption(lab.CONFIDENCE)
    picked, seen = st.columns([5, 1], vertical_alignment="center")
    with picked:
        subject = picture_picker.choose(strip=not resources.output().guesses)
    with seen:
        st.image(subject.thumbnail, width=THUMBNAIL)
    return subject


def _many(
    heading: Any, mine: Collection, truth: Truth | None, wanted: Planned, subject: Subject
) -> None:
    pictures = shown.scenes() if truth is None else shown.own(mine, truth)
    if not len(pictures):
        heading.header(lab.ASKED)
        st.caption(plain(lab.unreadable(pictures.lost)))
        return
    found = many.seen(pictures, wanted)
    heading.header(lab.title(wanted.intervention, found))
    st.caption(plain(lab.why(wanted.intervention)))
    many.show(pictures, wanted, found, subject.digest)


def _one(subject: Subject, wanted: Planned) -> bool:
    """The picture in every way; False, with a sentence, where it cannot be read."""
    try:
        model_input = subject.model_input()
    except PictureError as error:
        st.warning(plain(str(error)), icon=":material/info:")
        return False
    one_picture.show(subject, model_input, wanted)
    return True


PAGE = Page("Lab", "lab", "What happens without the gates?", draw, main=True)
