"""A page within a lesson: the scene that the link asks for, its words, and one figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn
from urllib.parse import urlencode

import streamlit as st

from se_viz.ui import compat
from se_viz.ui.compat import StreamlitPage
from se_viz.ui.components import presenter
from se_viz.ui.escaping import plain
from se_viz.ui.lecture import card, folding
from se_viz.ui.sentences import lessons as said
from se_viz.ui.sentences.figures import source
from se_viz.ui.state import address, history
from se_viz.ui.state.lessons import shelf
from se_viz.ui.state.lessons.lecture import (
    LESSON,
    NO_GUESS,
    SCENE,
    Lecture,
    asked,
    find,
    folded,
    hands_on,
    lecture,
)

Pages = Mapping[str, StreamlitPage]
"""By the path that a lesson writes; "" is the first."""


def follow(chosen: StreamlitPage, pages: Pages) -> None:
    """Stand where the link asks; a link that names a scene alone goes to the scene's page."""
    now, (name, number) = lecture(), asked()
    found = find(name) if name else None
    if found is None:
        now.lesson = None
        if name:
            st.info(plain(said.not_here(name)), icon=":material/info:")
        return
    number = min(max(number, 0), len(found.scenes) - 1)
    page, linked = pages[found.scenes[number].view.path], address.asked_for().linked
    there = page.url_path == chosen.url_path
    if now.lesson is not None and (now.lesson.name, now.number) == (name, number):
        now.lesson = found
    else:
        now.enter(found, number)
        there = there and set(now.query(number)) <= set(linked)
    if not there:
        compat.turn_to(page, now.query(number))


def draw(chosen: StreamlitPage, pages: Pages) -> None:
    """The page that the scene shows, within the lesson."""
    now = lecture()
    assert now.lesson is not None
    _answer(now, presenter.show(_data(now)), chosen, pages)
    for name, text in ((LESSON, now.lesson.name), (SCENE, str(now.number + 1))):
        address.put(name, [text])
    with st.container(key="lesson-style"):
        style = st.empty()
    _style(style, _first_style(now))
    card.draw(now)
    around = compat.drawn()
    with st.container(key=folding.KEY):
        chosen.run()
    now.widgets = compat.drawn() - around
    if now.tick(address.view(chosen.url_path)):
        st.rerun()
    if folded() and not now.waits:
        _show_one_figure(now, style)


def _data(now: Lecture) -> dict[str, Any]:
    assert now.lesson is not None
    scenes, total = now.lesson.scenes, len(now.lesson.scenes)
    waits = [one.question is not None and n not in now.guesses for n, one in enumerate(scenes)]
    links = [f"./?{urlencode({LESSON: now.lesson.name, SCENE: n + 1})}" for n in range(total)]
    entries = zip(scenes, links, waits, strict=True)
    places = [said.place(number, total, one.heading) for number, one in enumerate(scenes)]
    return {
        "heard": now.heard,
        "scene": now.number,
        "scenes": [{"title": s.heading, "link": link, "waits": w} for s, link, w in entries],
        "choices": len(now.scene.question.choices) if now.scene.question else 0,
        "unfolded": now.unfolded,
        "words": {**said.BAR, "place": places},
    }


def _answer(now: Lecture, request: Mapping[str, Any], chosen: StreamlitPage, pages: Pages) -> None:
    """Do what a key or a button asked for; the bar is told at the next run."""
    if not request:
        return
    now.heard = _number(request, "n", 1 << 30)
    question, total = now.scene.question, len(now.lesson.scenes) if now.lesson else 0
    if "leave" in request:
        _leave(now, chosen)
    if "to" in request:
        _go(now, _number(request, "to", total - 1), pages)
    if "guess" in request and question:
        now.guess(_number(request, "guess", len(question.choices) - 1))
    if "show" in request and question and request["show"] == now.number:
        now.guess(NO_GUESS)
    if "unfold" in request:
        now.unfolded = request["unfold"] is True
    st.rerun()


def _number(request: Mapping[str, Any], name: str, most: int) -> int:
    """A number of a request, as a browser sends it: from 0 to the most."""
    value = request.get(name)
    return min(max(int(value), 0), most) if isinstance(value, int | float) else 0


def _go(now: Lecture, number: int, pages: Pages) -> NoReturn:
    assert now.lesson is not None
    now.enter(now.lesson, number)
    compat.turn_to(pages[now.scene.view.path], now.query(number))


def _leave(now: Lecture, chosen: StreamlitPage) -> NoReturn:
    now.lesson = None
    linked = address.asked_for().linked
    kept = {name: texts for name, texts in linked.items() if name not in (LESSON, SCENE)}
    compat.turn_to(chosen, kept)


def _first_style(now: Lecture) -> str:
    """Until it is known which figures the page draws."""
    if now.waits:
        return folding.HIDDEN
    compact = folding.COMPACT if shelf.parts_of(now.scene) else ""
    headless = folding.HEADLESS if hands_on() else ""
    any_figure = folding.folded(f"{folding.FIGURES}, {folding.COMPONENTS}")
    return compact + headless + (any_figure if folded() else "")


def _show_one_figure(now: Lecture, style: Any) -> None:
    """The page's figure of parts, the scene's figure, or the page's first; all of a page without
    any."""
    if shelf.parts_of(now.scene):
        _style(style, folding.COMPACT + folding.folded(folding.COMPONENTS))
        return
    drawn = history.drawn_now()
    found = next((one for one in drawn if one.entry.slug == now.scene.figure), None)
    shown = found or (drawn[0] if drawn else None)
    if shown is None:
        _style(style, "")
        return
    _style(style, folding.folded(folding.of_figure(shown.entry.slug)))
    with st.container(key="lesson-source"):
        st.caption(source(plain(shown.source)))


def _style(place: Any, more: str) -> None:
    """A place holds style only beside an element; style alone would add to what was there."""
    place.html(f"<style>{folding.ROOM}{more}</style><i></i>")
