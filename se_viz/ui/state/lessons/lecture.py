"""The lesson that is given: its scene, what the listeners guessed and what they did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from se_viz.lessons import Lesson, Scene
from se_viz.lessons.links import LESSON, SCENE
from se_viz.ui.state import address
from se_viz.ui.state.lessons import shelf
from se_viz.view import View

KEY = "lecture"
"""In the session."""
NO_GUESS = -1
"""In the place of a guess, where the answer was shown without one."""


@dataclass
class Lecture:
    """Where a session stands in a lesson.

    Attributes:
        lesson: None where none is given.
        number: of the scene, from 0.
        unfolded: whether the page shows its controls.
        guesses: number of a scene -> which choice was guessed.
        done: numbers of the scenes whose task is done.
        widgets: keys of what the page of the scene has drawn.
        at_first: what was chosen on the page when the scene began; None until it is drawn.
        heard: number of the last thing that the presenter's keys asked for.
    """

    lesson: Lesson | None = None
    number: int = 0
    unfolded: bool = False
    guesses: dict[int, int] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)
    widgets: frozenset[str] = frozenset()
    at_first: dict[str, str] | None = None
    heard: int = 0

    @property
    def scene(self) -> Scene:
        assert self.lesson is not None
        return self.lesson.scenes[self.number]

    @property
    def waits(self) -> bool:
        """Whether the scene's answer is not to be seen yet."""
        return self.scene.question is not None and self.number not in self.guesses

    def query(self, number: int) -> dict[str, tuple[str, ...]]:
        """What the link of a scene holds: what is chosen on its page, the lesson and its number."""
        assert self.lesson is not None
        chosen = self.lesson.scenes[number].view.linked
        return {**chosen, LESSON: (self.lesson.name,), SCENE: (str(number + 1),)}

    def enter(self, lesson: Lesson, number: int) -> None:
        """Begin a scene, with the page's widgets as at first; another lesson begins without
        guesses."""
        if self.lesson is None or self.lesson.name != lesson.name:
            self.guesses, self.done = {}, set()
        self.lesson, self.number = lesson, number
        self.unfolded, self.at_first = False, None
        for key in self.widgets:
            st.session_state.pop(key, None)

    def guess(self, choice: int) -> None:
        """Answer the question of the scene."""
        self.guesses.setdefault(self.number, choice)

    def tick(self, view: View) -> bool:
        """Whether the scene's task is done with what is chosen now, and was not before."""
        task, now = self.scene.task, texts_of(view.settings)
        if task is None or self.number in self.done:
            return False
        if self.at_first is None:
            self.at_first = now
        name = task.choice
        if not task.done(self.at_first.get(name, ""), now.get(name, "")):
            return False
        self.done.add(self.number)
        return True


def lecture() -> Lecture:
    """This session's."""
    return st.session_state.setdefault(KEY, Lecture())


def given() -> bool:
    """Whether a lesson is given."""
    return lecture().lesson is not None


def folded() -> bool:
    """Whether the page shows one figure alone: where something is to be done with its controls, it
    shows whole, unless its figure has controls of its own."""
    now = lecture()
    if now.lesson is None or now.unfolded:
        return False
    return now.scene.task is None or bool(shelf.parts_of(now.scene))


def hands_on() -> bool:
    """Whether the scene asks the listener to choose something with the page's controls."""
    now = lecture()
    return now.lesson is not None and now.scene.task is not None and not folded()


def focus() -> str:
    """The part of the page's figure that the scene points at; "" outside of a lesson too."""
    now = lecture()
    if now.lesson is None or now.waits:
        return ""
    return now.scene.point if now.scene.point in shelf.parts_of(now.scene) else ""


def asks_for(name: str) -> str:
    """What the link of a scene gives this parameter, while its figure stands alone; "" else."""
    return lecture().scene.view.linked.get(name, ("",))[-1] if folded() else ""


def asked() -> tuple[str, int]:
    """The lesson and the number of its scene, from 0, that the link asks for; "" for none."""
    link = address.asked_for()
    number = link.text(SCENE)
    return link.text(LESSON), int(number) - 1 if re.fullmatch("[0-9]{1,4}", number) else 0


def find(name: str) -> Lesson | None:
    """A lesson by its name."""
    return shelf.library().lessons.get(name)


def texts_of(settings: Mapping[str, Any]) -> dict[str, str]:
    """Choices as links write them; several values of one are joined by a comma."""
    return {name: _text(value) for name, value in settings.items()}


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
