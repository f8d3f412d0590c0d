"""A lesson given in the app, without a browser: its links stand for its keys."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from se_viz.lessons import Lesson
from se_viz.lessons.library import FOLDER
from se_viz.ui.lecture import stage
from se_viz.ui.pages import catalogue
from se_viz.ui.pages.base import Page
from se_viz.ui.state.lessons.lecture import Lecture, focus, texts_of
from tests.ui.driver import figure, figures, go, open_app, pick, sound

TEXT = """\
# Gates

## Curves
Words in **bold** and <3 or [x].

[Look](gates?columns=1&blocks=SE_2_3)

## Depth
By depth now: [the shares](gates?look=By%20depth).
figure: specificity-by-depth
point: gates

## Which?
Which one?

- [ ] this
- [x] that

> Because.

[Look](findings)

## Do it
Choose classes. [Look](gates)

do: classes

## A channel
One: [channel](channel?block=SE_5_1&channel=7).

## Another channel
Two: [channel](channel?block=SE_4_6&channel=9).

## A part
A part: [toy](toy).
point: gates
"""


def draw_a_toy() -> None:
    st.text(f"Lit up: {focus()}")


TOY = Page("Toy", "toy", "Is it a toy?", draw_a_toy, parts=("gates", "scale"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "PAGES", [*catalogue.PAGES, TOY])
    (tmp_path / "mine.md").write_text(TEXT)
    (tmp_path / "bad.md").write_text("# Bad\n")
    monkeypatch.setenv(FOLDER, str(tmp_path))
    return tmp_path


@pytest.fixture
def presses(monkeypatch):
    """What the presenter's keys ask for at the next run."""
    waiting: list[dict] = []
    show = lambda data: waiting.pop() if waiting else {}  # noqa: E731
    monkeypatch.setattr(stage.presenter, "show", show)
    return waiting


def scene(number: int) -> AppTest:
    """A session that a scene's link was opened in; it names no page."""
    return open_app(lesson="mine", scene=str(number))


def heading(app: AppTest) -> str:
    return app.main.header[0].value


def style(app: AppTest) -> str:
    return next(n.proto.body for n in app.main.get("html") if "lesson" in n.proto.body)


def at(app: AppTest) -> Lecture:
    return app.session_state["lecture"]


def press(app: AppTest, presses: list[dict], **request) -> AppTest:
    presses.append({"n": 1, **request})
    return sound(app.run())


def test_a_scenes_link_shows_its_page_with_one_figure_and_its_words(folder):
    app = scene(1)
    assert heading(app) == "Curves"
    assert app.main.markdown[0].value == "Words in **bold** and \\<3 or \\[x\\]."
    assert app.query_params["columns"] == "1"
    assert app.query_params["scene"] == "1"
    assert app.multiselect(key="blocks").value == ["SE_2_3"]
    assert ".st-key-figure-gates-by-class" in style(app)
    assert app.main.caption[-1].value.startswith("Source: measured on")
    assert figure(app)["layout"]["height"] > 400


def test_keys_go_from_scene_to_scene_and_what_a_scene_does_not_name_is_as_at_first(folder, presses):
    app = scene(1)
    press(app, presses, to=1)
    assert heading(app) == "Depth"
    assert app.multiselect(key="blocks").value != ["SE_2_3"]
    assert "columns" not in app.query_params
    assert ".st-key-figure-specificity-by-depth" in style(app)
    press(app, presses, to=4)
    assert (heading(app), app.query_params["channel"]) == ("A channel", "7")
    press(app, presses, to=5)
    assert app.query_params["block"] == "SE_4_6"
    assert app.number_input(key="one channel").value == 9
    press(app, presses, to=4)
    assert app.number_input(key="one channel").value == 7


def test_a_question_waits_for_a_guess_and_shows_its_figure_then(folder, presses):
    app = scene(3)
    assert "display: none" in style(app)
    assert "Because" not in " ".join(text.value for text in app.main.markdown)
    app.button(key="guess 0").click()
    sound(app.run())
    said = [text.value for text in app.main.markdown]
    assert said[0].endswith(" ✓ that · ✗ this (your guess)")
    assert "Because." in said
    assert ".st-key-figure-findings" in style(app)
    press(app, presses, guess=1)
    assert at(app).guesses == {2: 0}, "the first guess counts"


def test_an_answer_is_shown_without_a_guess_too(folder, presses):
    app = scene(3)
    press(app, presses, show=1)
    assert at(app).waits, "a key that was meant for another scene"
    press(app, presses, show=2)
    assert app.main.markdown[0].value.endswith(" ✓ that")


def test_a_task_ticks_itself_off_and_shows_the_page_whole(folder):
    app = scene(4)
    asked = "Choose classes. Look ☐ Your turn: choose other **classes**."
    assert app.main.markdown[0].value == asked
    assert ":not(" not in style(app)
    assert app.main.expander[0].proto.expanded
    pick(app, "classes", "church", "tench")
    assert app.main.markdown[0].value.endswith("☑ Done: choose other **classes**.")


def test_leaving_stays_on_the_page_as_it_is(folder, presses):
    app = scene(1)
    press(app, presses, leave=True)
    assert heading(app) == "Which gates open for which class?"
    assert not {"lesson", "scene"} & set(app.query_params)
    assert app.multiselect(key="blocks").value == ["SE_2_3"]
    assert app.query_params["columns"] == "1"


def test_the_page_is_unfolded_by_a_key(folder, presses):
    app = scene(1)
    folded = style(app)
    press(app, presses, unfold=True)
    assert len(style(app)) < len(folded)
    press(app, presses, to=1)
    assert not at(app).unfolded


@pytest.mark.parametrize(
    "request_",
    [{"to": "x"}, {"to": 99}, {"to": -5}, {"guess": 7}, {"show": None}, {"other": 1}, {}],
)
def test_what_no_key_asks_for_breaks_nothing(folder, presses, request_):
    app = scene(1)
    press(app, presses, **request_)
    assert heading(app) in ("Curves", "A part")


@pytest.mark.parametrize("number", ["0", "-3", "99", "x", ""])
def test_a_number_that_no_scene_has_is_the_first_or_the_last(folder, number):
    app = open_app(lesson="mine", scene=number)
    assert heading(app) in ("Curves", "A part")


def test_a_lesson_that_is_not_here_is_said_and_the_page_shows_without(folder):
    app = open_app(lesson="<b>none</b>")
    assert "There is no lesson “\\<b\\>none" in app.main.info[0].value
    assert figures(app)


def test_a_part_is_pointed_at_only_where_the_page_has_it(folder, presses):
    app = scene(7)
    assert app.main.text[0].value == "Lit up: gates"
    assert "stBidiComponent" in style(app)
    press(app, presses, leave=True)
    assert app.main.text[0].value == "Lit up:"
    assert not scene(2).main.text


def test_choices_are_compared_as_links_write_them():
    assert texts_of({"a": ["x", "y"], "b": True, "c": 3}) == {"a": "x, y", "b": "true", "c": "3"}


def test_the_page_lists_lessons_and_names_the_bad_one(folder):
    app = open_app("lessons")
    said = " ".join(text.value for text in app.main.markdown)
    assert "**Gates**" in said
    assert "Read the paper's figure" in said
    assert any("bad.md: it has no scene" in text.value for text in app.main.warning)


OWN = TEXT.replace("# Gates", "# Mine", 1).replace("point: gates", "").partition("## A part")[0]


def upload(app: AppTest, name: str, text: str) -> AppTest:
    app.main.file_uploader[0].set_value([(name, text.encode(), "text/markdown")])
    return sound(app.run())


def test_a_lesson_is_opened_by_upload_and_stays_in_the_session():
    app = upload(open_app("lessons"), "own.md", OWN)
    assert app.main.success[0].value == "“Mine” is open."
    go(app, "", lesson="own", scene="1")
    assert heading(app) == "Curves"
    assert "There is no lesson" in open_app(lesson="own").main.info[0].value


def test_a_bad_lesson_is_refused_with_its_line():
    app = upload(open_app("lessons"), "own.md", "# Mine\n\n## A\n\n[x](https://a.b)\n")
    assert app.main.error[0].value.startswith("own.md, line 5")


def test_lessons_are_told_apart_in_a_session(folder):
    app = scene(3)
    app.button(key="guess 0").click()
    sound(app.run())
    found: Lesson = at(app).lesson
    now = at(app)
    now.enter(found, 0)
    assert now.guesses
    now.enter(Lesson("other", found.title, found.scenes), 0)
    assert not now.guesses
