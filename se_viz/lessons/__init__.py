"""Lessons: Markdown files whose scenes each say one thing and open one page of the app."""

from se_viz.lessons.errors import LessonError
from se_viz.lessons.lesson import Lesson, Question, Scene, Targets, Task
from se_viz.lessons.library import Library, in_folder, joined, shipped_with_the_app
from se_viz.lessons.parsing import parse

__all__ = [
    "Lesson",
    "LessonError",
    "Library",
    "Question",
    "Scene",
    "Targets",
    "Task",
    "in_folder",
    "joined",
    "parse",
    "shipped_with_the_app",
]
