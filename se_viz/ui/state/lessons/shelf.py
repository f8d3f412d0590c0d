"""The lessons at hand: those that ship, those of the folder that the app was given, and those that
were uploaded in this session."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

import streamlit as st

from se_viz.figures import catalogue
from se_viz.lessons import (
    Lesson,
    Library,
    Scene,
    Targets,
    in_folder,
    joined,
    parse,
    shipped_with_the_app,
)
from se_viz.lessons.library import FOLDER
from se_viz.ui.pages.base import Page

UPLOADED, TARGETS = "lessons uploaded", "what lessons may name"
"""In the session."""


def know(pages: Sequence[Page]) -> None:
    """Lessons may link to these pages; the first is the one that the app opens on."""
    parts = {page.path: page.parts for page in pages} | {"": pages[0].parts}
    slugs = tuple(slug for entry in catalogue.ENTRIES for slug in entry.slugs)
    st.session_state[TARGETS] = Targets(parts, slugs)


def library() -> Library:
    """All lessons; of two with one name, the uploaded one holds before that of the folder."""
    targets, folder = st.session_state[TARGETS], os.environ.get(FOLDER, "")
    given = in_folder(Path(folder), targets) if folder else Library()
    return joined(shipped_with_the_app(targets), given, Library(_uploaded()))


def take_in(file: str, data: bytes) -> Lesson:
    """Keep a lesson for this session.

    Raises:
        LessonError: where it is none.
    """
    lesson = parse(file, data, st.session_state[TARGETS])
    _uploaded()[lesson.name] = lesson
    return lesson


def parts_of(scene: Scene) -> Collection[str]:
    """Names of the parts of the figure on the page that a scene shows; none where it has none."""
    return st.session_state[TARGETS].pages[scene.view.path]


def _uploaded() -> dict[str, Lesson]:
    return st.session_state.setdefault(UPLOADED, {})
