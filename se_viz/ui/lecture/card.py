"""A scene's words, its question and its task."""

from __future__ import annotations

import streamlit as st

from se_viz.lessons import Question
from se_viz.ui.escaping import sentence
from se_viz.ui.sentences import lessons as said
from se_viz.ui.state.lessons.lecture import Lecture

KEY = "lesson-card"


def draw(now: Lecture) -> None:
    """All that a scene says."""
    scene = now.scene
    with st.container(key=KEY, gap="small"):
        st.header(sentence(scene.heading), anchor=False)
        words = [sentence(scene.text)] if scene.text and not _explained(now) else []
        if scene.task and not now.waits:
            words.append(said.task(scene.task, now.number in now.done))
        if words:
            st.markdown(" ".join(words))
        if scene.question:
            _question(now, scene.question)


def _explained(now: Lecture) -> bool:
    """Whether an explanation stands in the place of what was said before the question."""
    return bool(now.scene.question and now.scene.question.explanation) and not now.waits


def _question(now: Lecture, question: Question) -> None:
    if now.waits:
        st.markdown(f"**{sentence(question.text)}**")
        with st.container(horizontal=True, key="lesson-choices"):
            for row, text in enumerate(question.choices):
                label = said.choice(row, text)
                st.button(label, key=f"guess {row}", on_click=now.guess, args=(row,))
        st.caption(said.KEYS)
        return
    st.markdown(said.answered(question, now.guesses[now.number]))
    if question.explanation:
        st.markdown(sentence(question.explanation))
