"""Figures on a screen of a lecture: the height that is left, larger type, nothing over another."""

from __future__ import annotations

import pytest

from se_viz.figures.style import layout
from se_viz.lessons import Lesson, Question, Scene
from se_viz.ui.lecture.slide import LARGER, LEAST, for_a_slide, room
from se_viz.ui.state.lessons.lecture import Lecture
from se_viz.view import View


def lecture(text: str, question: Question | None = None) -> Lecture:
    scene = Scene("A scene", text, View("gates"), 3, question=question)
    return Lecture(Lesson("one", "One", (scene,)))


def pixels(figure) -> list[tuple[float, float]]:
    """Where rows of panels begin and end, from the top of the figure."""
    made = figure.layout
    inner = made.height - made.margin.t - made.margin.b
    rows = {tuple(axis.domain) for axis in figure.select_yaxes()}
    return [
        (made.margin.t + inner * (1 - up), made.margin.t + inner * (1 - low))
        for low, up in sorted(rows, reverse=True)
    ]


@pytest.mark.parametrize("titles", [["a"], ["a", "b", "c", "d"]])
@pytest.mark.parametrize("height", [300, 480])
def test_panels_take_what_the_room_between_them_leaves(titles, height):
    figure = layout.panels(titles, 2, legend=["x", "y"])
    before, after = pixels(figure), pixels(for_a_slide(figure, height))
    made = for_a_slide(figure, height).layout
    assert made.height == height
    assert made.margin.b == round(LARGER * figure.layout.margin.b)
    assert after[0][0] >= made.margin.t - 1
    assert after[-1][1] <= height - made.margin.b + 1
    for (_, end), (begin, _), (_, old_end), (old_begin, _) in zip(
        after, after[1:], before, before[1:], strict=False
    ):
        assert begin - end == pytest.approx(LARGER * (old_begin - old_end), abs=1)


def test_pictures_under_an_axis_keep_their_size_above_its_labels():
    figure = layout.panels(["a"], 1, row_height=200)
    figure.add_layout_image(source="", yref="y domain", y=-0.04, sizey=0.2)
    made = for_a_slide(figure, 500)
    (before, after), (image,) = map(high, (figure, made)), made.layout.images
    assert after > 1.5 * before
    assert image.sizey * after == pytest.approx(0.2 * before, abs=0.5)
    assert image.y * after == pytest.approx(-0.04 * before, abs=0.5)


def high(figure) -> float:
    ((top, bottom),) = pixels(figure)
    return bottom - top


def test_titles_stay_above_their_panels():
    made = for_a_slide(layout.panels(["a", "b", "c", "d"], 2), 400)
    tops = {round(max(axis.domain), 6) for axis in made.select_yaxes()}
    assert {round(note.y, 6) for note in made.layout.annotations} == tops


def test_type_grows_and_the_figure_of_the_page_stays_as_it_was():
    figure = layout.panels(["a"], 1)
    size, tick = (part(figure) for part in (usual, ticks))
    made = for_a_slide(figure, 400)
    assert usual(made) == round(LARGER * size)
    assert ticks(made) == round(LARGER * tick)
    assert (usual(figure), ticks(figure)) == (size, tick)


def usual(figure) -> int:
    return figure.layout.template.layout.font.size


def ticks(figure) -> int:
    return figure.layout.template.layout.xaxis.tickfont.size


def test_longer_words_leave_less_room_down_to_what_a_figure_needs():
    short, long = lecture("Short."), lecture("Long. " * 60)
    asked = lecture("Short.", Question("Which?", ("this", "that"), 0, "Because."))
    assert room(short) > room(asked) > LEAST
    assert room(short) > room(long)
    assert room(lecture("x" * 2000)) == LEAST
