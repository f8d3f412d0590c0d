"""Lessons to give: those at hand, one's own, and how to write one."""

from __future__ import annotations

import streamlit as st

from se_viz.lessons import Lesson, LessonError
from se_viz.lessons.links import LESSON, SCENE
from se_viz.ui.escaping import plain, sentence
from se_viz.ui.pages.base import Page
from se_viz.ui.sentences import lessons as said
from se_viz.ui.state.lessons import shelf as lessons


def draw() -> None:
    """Each lesson with its scenes; then a lesson of one's own, and what one looks like."""
    st.header(said.HEADING)
    st.markdown(said.WHAT)
    shelf = st.container()
    st.subheader(said.OWN)
    file = st.file_uploader(said.UPLOAD, type=["md"], key="lesson file", max_upload_size=1)
    st.caption(said.limits())
    if file is not None:
        _open(file.name, file.getvalue())
    found = lessons.library()
    with shelf:
        for lesson in found.lessons.values():
            _lesson(lesson)
        for text in found.refused:
            st.warning(plain(text), icon=":material/info:")
    st.markdown(said.SAMPLE_INTRO)
    st.code(said.SAMPLE, language="markdown")
    st.caption(said.MORE)


def _open(name: str, data: bytes) -> None:
    try:
        lesson = lessons.take_in(name, data)
    except LessonError as error:
        st.error(plain(str(error)), icon=":material/error:")
    else:
        st.success(plain(said.opened(lesson.title)), icon=":material/check:")


def _lesson(lesson: Lesson) -> None:
    with st.container(border=True):
        st.markdown(f"**{sentence(lesson.title)}** · {said.scenes(len(lesson.scenes))}")
        _link(lesson, 0, said.START, ":material/play_arrow:")
        contents = st.expander(said.CONTENTS, key=f"scenes of {lesson.name}", on_change="rerun")
        if contents.open:
            with contents:
                for number, scene in enumerate(lesson.scenes):
                    _link(lesson, number, sentence(said.scene(number, scene.heading)))


def _link(lesson: Lesson, number: int, label: str, icon: str | None = None) -> None:
    query = {LESSON: lesson.name, SCENE: str(number + 1)}
    st.page_link(PAGE.linked(), label=label, icon=icon, query_params=query)


PAGE = Page("Lessons", "lessons", "Which lessons can be given?", draw)
