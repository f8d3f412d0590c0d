"""Lines of a scene that are no words: `point:`, `figure:` and `do:`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from se_viz.lessons.errors import LessonError
from se_viz.lessons.lesson import Targets, Task

NAMES = ("point", "figure", "do")
LINE = re.compile(r"\s*([A-Za-z]+)\s*:\s*(.*?)\s*")
TASK = re.compile(r"([A-Za-z][A-Za-z ]{0,39}?)\s*(?:=\s*(.{1,100}))?")
LIKE = 0.7
"""From where on another word is taken for one of ours, misspelled."""


@dataclass
class Settings:
    """What the lines of a scene say: name -> value and line."""

    found: dict[str, tuple[str, int]] = field(default_factory=dict)

    def take(self, text: str, line: int) -> bool:
        """Whether a line of text is one of ours; then it is kept.

        Raises:
            LessonError: where it is there twice, says nothing or is misspelled.
        """
        match = LINE.fullmatch(text)
        name = match[1].lower() if match else ""
        if match is None or name not in NAMES:
            _refuse_misspelled(name, line)
            return False
        if name in self.found:
            raise LessonError(line, f"a scene has one line “{name}:”; this is the second.")
        if not match[2]:
            raise LessonError(line, f"“{name}:” says nothing.")
        self.found[name] = (match[2], line)
        return True

    def point(self, path: str, targets: Targets) -> str:
        """The part that is pointed at, of a page of this path."""
        part, line = self.found.get("point", ("", 0))
        known = sorted(targets.pages[path]) or targets.parts
        if part and part not in known:
            there = f"there are {', '.join(known)}" if known else "no page has any"
            raise LessonError(line, f"there is no part “{part}”; {there}.")
        return part

    def figure(self, targets: Targets) -> str:
        """The figure that is shown."""
        name, line = self.found.get("figure", ("", 0))
        if name and name not in targets.figures:
            near = get_close_matches(name, targets.figures, 3, 0.4) or sorted(targets.figures)[:3]
            raise LessonError(
                line, f"there is no figure “{name}”; did you mean {' or '.join(near)}?"
            )
        return name

    def task(self) -> Task | None:
        """What is to be done."""
        if "do" not in self.found:
            return None
        text, line = self.found["do"]
        match = TASK.fullmatch(text)
        if match is None:
            raise LessonError(
                line,
                "“do:” takes the name of what is to be chosen, as links have it, alone or with = "
                "and what it has to become, such as block = SE_5_3.",
            )
        return Task(match[1], match[2] or "")


def _refuse_misspelled(name: str, line: int) -> None:
    near = get_close_matches(name, NAMES, 1, LIKE)
    if near:
        raise LessonError(line, f"“{name}:” is not known; did you mean “{near[0]}:”?")
