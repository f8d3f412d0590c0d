"""Lessons for tests, and what they may name."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from se_viz.lessons import Lesson, LessonError, Targets, parse

TARGETS = Targets(
    {"": ("squeeze", "gates"), "block": ("squeeze", "gates"), "light": (), "lab": ()},
    ("gates-by-class", "shift-course"),
)
GOOD = """\
# Gates

## Two looks at a block

A block *looks* twice, and **scales**: [the block](block?step=squeeze&block=SE_2_1).
point: squeeze

## Which gates can go?

Look at the last stage.

Do its gates matter?

- [ ] yes
- [x] no

> They hardly do.

[Lab](lab)
do: at = stage 5
figure: gates-by-class
"""


def lesson(text: str, name: str = "gates.md") -> Lesson:
    return parse(name, text.encode(), TARGETS)


def scene(*lines: str) -> str:
    """A lesson of one scene whose heading is in line 3 and which has these lines from line 5 on."""
    return "\n".join(("# A lesson", "", "## A scene", "", *lines, ""))


def refused(text: str | bytes, name: str = "gates.md") -> LessonError:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(LessonError) as caught:
        parse(name, data, TARGETS)
    return caught.value


def question(ticks: Sequence[str], words: str = "one") -> str:
    return "\n".join(f"- [{tick}] {words} {number}" for number, tick in enumerate(ticks))
