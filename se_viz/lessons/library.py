"""Lessons of a folder: the good ones by name, and a sentence of each bad one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from se_viz import shipped
from se_viz.lessons.errors import LessonError
from se_viz.lessons.lesson import Lesson, Targets
from se_viz.lessons.limits import BYTES, FILES
from se_viz.lessons.parsing import parse

FOLDER = "SE_VIZ_LESSONS"
"""The environment variable that names a folder with lessons, for the app."""
SHIPPED = shipped.ASSETS / "lessons"
NOT_LESSONS = ("readme", "license")


@dataclass(frozen=True)
class Library:
    """Lessons by name, and what is wrong with those that could not be read."""

    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


def shipped_with_the_app(targets: Targets) -> Library:
    """The lessons that ship."""
    return in_folder(SHIPPED, targets)


def in_folder(folder: Path, targets: Targets) -> Library:
    """All `*.md` of a folder by name, without those in folders within it, and without a README."""
    if not folder.is_dir():
        return Library(refused=(f"There is no folder {folder}.",))
    paths = sorted(path for path in folder.glob("*.md") if path.stem.lower() not in NOT_LESSONS)
    more = () if len(paths) <= FILES else (f"{folder}: of {len(paths)} files, {FILES} are read.",)
    lessons, refused = {}, []
    for path in paths[:FILES]:
        try:
            lesson = parse(path.name, _bytes(path), targets)
            lessons[lesson.name] = lesson
        except LessonError as error:
            refused.append(str(error))
    return Library(lessons, (*refused, *more))


def joined(*libraries: Library) -> Library:
    """Several as one; of two lessons with one name, that of the later library holds."""
    lessons = {name: lesson for each in libraries for name, lesson in each.lessons.items()}
    return Library(lessons, tuple(text for each in libraries for text in each.refused))


def _bytes(path: Path) -> bytes:
    """At most one more than a lesson may have."""
    try:
        with path.open("rb") as file:
            return file.read(BYTES + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise LessonError(0, f"it could not be read: {reason}.", path.name) from None
