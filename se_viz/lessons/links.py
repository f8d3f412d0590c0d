"""Links of a lesson: into the app's pages, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from se_viz.lessons.errors import LessonError
from se_viz.lessons.inline import Link
from se_viz.lessons.lesson import Targets
from se_viz.lessons.limits import LINK
from se_viz.view import View

LESSON, SCENE = "lesson", "scene"
"""Names, in links, of the lesson that is given and of its scene, from 1."""


def view_of(link: Link, targets: Targets) -> View:
    """The page that a link opens, with what is chosen on it.

    Raises:
        LessonError: where it leads elsewhere.
    """
    if len(link.address) > LINK:
        raise LessonError(link.line, f"a link has at most {LINK} characters; this one has more.")
    if _leads_out(link.address):
        raise LessonError(
            link.line,
            f"the link “{link.address}” leads out of the app; a lesson links to the app's pages "
            f"alone, such as {_example(targets)}.",
        )
    view = View.of_link(link.address)
    if view.path not in targets.pages:
        known = _listed(path for path in targets.pages if path)
        raise LessonError(link.line, f"the app has no page “{view.path}”; it has {known}.")
    if {LESSON, SCENE} & set(view.linked):
        raise LessonError(
            link.line, "a link names a page and what is chosen on it, not another scene."
        )
    return view


def _leads_out(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc or parts.fragment) or "\\" in address


def _example(targets: Targets) -> str:
    return next((path for path in targets.pages if path), "/")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
