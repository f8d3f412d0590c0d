"""What a lesson is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from se_viz.view import View


@dataclass(frozen=True)
class Targets:
    """What a lesson may name of the app.

    Attributes:
        pages: path of each page, without slashes -> the parts of its figure; "" is the first page.
        figures: names of figures (slugs of the catalogue).
    """

    pages: Mapping[str, Collection[str]]
    figures: Collection[str]

    @property
    def parts(self) -> list[str]:
        """Of all pages, by name."""
        return sorted({part for parts in self.pages.values() for part in parts})


@dataclass(frozen=True)
class Question:
    """A question that is asked before its answer is shown.

    Attributes:
        text: Markdown, as of `Scene`.
        choices: two to six.
        answer: the place of the right one among them.
        explanation: shown after the guess, Markdown; "" where there is none.
    """

    text: str
    choices: tuple[str, ...]
    answer: int
    explanation: str = ""


@dataclass(frozen=True)
class Task:
    """What the listener has to do before the scene ticks itself off.

    Attributes:
        choice: the name, in links, of what is to be chosen.
        value: what it has to become; "" where any other than at first will do.
    """

    choice: str
    value: str = ""

    def done(self, before: str, now: str) -> bool:
        """Whether a choice that was `before` and is `now` is what was asked for."""
        return now == self.value if self.value else now != before


@dataclass(frozen=True)
class Scene:
    """One thing to say and to show.

    Attributes:
        heading: plain text.
        text: Markdown of which bold and italics count alone; paragraphs apart by an empty line.
        view: the page that is shown, with what is chosen on it.
        line: of its heading in the file, from 1.
        point: the part of the page's figure that is spoken of, "" for all of it.
        figure: name of the page's figure that is shown, "" for the first.
        task, question: where it has one.
    """

    heading: str
    text: str
    view: View
    line: int
    point: str = ""
    figure: str = ""
    task: Task | None = None
    question: Question | None = None


@dataclass(frozen=True)
class Lesson:
    """Scenes in order, at least one; `name` is what links call it, its file's name."""

    name: str
    title: str
    scenes: tuple[Scene, ...]
