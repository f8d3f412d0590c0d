"""What is wrong with a lesson, in one sentence with its place."""

from __future__ import annotations


class LessonError(ValueError):
    """What is wrong.

    Attributes:
        line: of the file, from 1; 0 where none is to blame.
        reason: a sentence.
        file: its name, "" where it is not known yet.
    """

    def __init__(self, line: int, reason: str, file: str = ""):
        self.line, self.reason, self.file = line, reason, file
        place = f"{file}, line {line}" if line else file
        super().__init__(f"{place}: {reason}" if file else reason)
