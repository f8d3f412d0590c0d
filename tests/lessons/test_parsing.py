"""Lessons are read as they are meant, and bad ones get one sentence with the line."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from se_viz.lessons import Lesson, LessonError, Question, Task, limits, parse
from tests.lessons.files import GOOD, TARGETS, lesson, question, refused, scene

LINK = "[Look](light)"


def test_a_lesson_is_read_as_it_is_meant():
    found = lesson(GOOD)
    assert (found.name, found.title) == ("gates", "Gates")
    first, second = found.scenes
    assert (first.heading, first.line) == ("Two looks at a block", 3)
    assert first.text == "A block *looks* twice, and **scales**: the block."
    assert first.view.path == "block"
    assert first.view.linked == {"step": ("squeeze",), "block": ("SE_2_1",)}
    assert (first.point, first.figure, first.task, first.question) == ("squeeze", "", None, None)
    assert second.text == "Look at the last stage."
    assert second.task == Task("at", "stage 5")
    assert second.figure == "gates-by-class"
    assert second.question == Question("Do its gates matter?", ("yes", "no"), 1, "They hardly do.")


def test_a_link_alone_in_its_paragraph_is_not_read_out():
    (only,) = lesson(scene("A sentence.", "", LINK)).scenes
    assert only.text == "A sentence."


def test_an_address_may_stand_below_the_words():
    (only,) = lesson(scene("Look [here][1], then there.", "", "[1]: light")).scenes
    assert only.text == "Look here, then there."
    assert only.view.path == "light"


def test_a_file_without_a_name_is_refused():
    with pytest.raises(LessonError, match="its name is empty"):
        parse(".md", GOOD.encode(), TARGETS)


def test_settings_stand_in_paragraphs_of_their_own_or_under_words():
    for lines in (("Words.", "point: gates", "", LINK), (f"Words. {LINK}", "", "Point: gates")):
        (only,) = lesson(scene(*lines)).scenes
        assert only.point == ("gates")
        assert only.text.startswith("Words.")


def test_a_question_alone_is_enough_of_a_scene():
    (only,) = lesson(scene("Which?", "", question(" x"), "", LINK)).scenes
    assert only.text == ""
    assert only.question == Question("Which?", ("one 0", "one 1"), 1)


def test_a_task_asks_for_another_choice_or_for_one():
    assert Task("light").done("noon", "dusk")
    assert not Task("light").done("noon", "noon")
    assert Task("light", "dusk").done("dusk", "dusk")
    assert not Task("light", "dusk").done("noon", "fog")


BAD = {
    "no title": ("## A scene\n\nWords.", 1, "begins with no title"),
    "nothing": ("", 0, "begins with no title"),
    "words before a scene": ("# T\n\nWords.", 3, "after the title comes a scene"),
    "no scene": ("# T\n", 0, "has no scene"),
    "two titles": ("# T\n\n# U\n", 3, "the second"),
    "a third level": (scene("### Small"), 5, "neither"),
    "no link": (scene("Words."), 3, "this has none"),
    "two links": (scene("[A](lab)", "[B](light)"), 6, "this has two"),
    "unknown page": (scene("Words.", "[A](nowhere)"), 6, "no page “nowhere”; it has block, lab"),
    "another site": (scene("[A](https://example.org)"), 5, "leads out of the app"),
    "a script": (scene("[A](javascript:alert(1))"), 5, "leads out of the app"),
    "another server": (scene("[A](//example.org/lab)"), 5, "leads out of the app"),
    "no address": (scene("[A](http://[)"), 5, "leads out of the app"),
    "a long link": (scene(f"[A](lab?at={'x' * 600})"), 5, "at most 500 characters"),
    "another lesson": (scene("[A](lab?lesson=b)"), 5, "not another scene"),
    "unknown part": (scene(LINK, "", "point: nose"), 7, "no part “nose”; there are gates, squeeze"),
    "unknown figure": (scene(LINK, "figure: gates-by-clas"), 6, "did you mean gates-by-class"),
    "misspelled": (scene(LINK, "ponit: gates"), 6, "did you mean “point:”"),
    "empty setting": (scene(LINK, "point:"), 6, "says nothing"),
    "twice": (scene(LINK, "point: gates", "point: gates"), 7, "the second"),
    "strange task": (scene(LINK, "do: ?"), 6, "block = SE_5_3"),
    "no words": (scene(LINK), 3, "says a sentence"),
    "two answers": (scene("Which?", "", question("xx"), "", LINK), 8, "two answers"),
    "no answer": (scene("Which?", "", question("  "), "", LINK), 7, "no answer"),
    "one choice": (scene("Which?", "", question("x"), "", LINK), 7, "2 to 6 choices; this has 1"),
    "no question": (scene(question("x "), "", LINK), 5, "need a question"),
    "two questions": (scene("A?", "", question("x "), "", "B?", "", question("x ")), 0, "link"),
    "plain list": (scene("- a", "- b"), 5, "a list holds choices"),
    "nested list": (scene("- [ ] a", "  - [x] b"), 6, "a choice is one line"),
    "numbers": (scene("1. a"), 5, "a numbered list is not taken"),
    "code": (scene("```", "x", "```"), 5, "a block of code is not taken"),
    "HTML": (scene("<script>alert(1)</script>"), 5, "raw HTML is not taken"),
    "HTML in words": (scene("Words", "and <b>more</b>."), 6, "raw HTML is not taken"),
    "a picture": (scene("![x](https://example.org/x.png)"), 5, "a picture is not taken"),
    "long words": (scene("x" * 601, "", LINK), 5, "at most 600 characters"),
    "long heading": (f"# T\n\n## {'x' * 101}\n", 3, "link"),
    "no text": (b"# T\n\n\xff", 3, "no text in UTF-8"),
    "signals": ("# T\n\n\x1b[2J", 3, "no text"),
    "too large": ("# T\n" + "x" * limits.BYTES, 0, "larger than 50 kB"),
}


@pytest.mark.parametrize(("text", "line", "reason"), BAD.values(), ids=BAD)
def test_a_bad_lesson_gets_one_sentence_with_its_line(text, line, reason):
    error = refused(text)
    assert reason in str(error)
    assert str(error).startswith("gates.md, line" if error.line else "gates.md: ")
    if line:
        assert error.line == line
    assert str(error)[-1] in ".?"


def test_scenes_are_bounded():
    one = f"## A scene\n\nWords. {LINK}\n\n"
    assert len(lesson("# T\n\n" + one * limits.SCENES).scenes) == limits.SCENES
    assert "at most 60 scenes" in str(refused("# T\n\n" + one * (limits.SCENES + 1)))


TEXTS = st.text(st.characters(codec="utf-8"), max_size=200)
LINES = st.lists(
    st.sampled_from([*GOOD.splitlines(), *"#*_`<[](!>-\\&:", "[a](lab)", "do: a", "- [x] b"])
    | TEXTS,
    max_size=30,
)


@settings(deadline=None)
@given(LINES.map("\n".join))
@example(GOOD)
def test_any_text_is_a_lesson_within_its_limits_or_gets_a_sentence(text):
    found = read(text.encode())
    if isinstance(found, Lesson):
        sound(found)
    else:
        assert 0 <= found.line <= text.count("\n") + 1
        assert str(found).startswith("any.md")


def sound(found: Lesson) -> None:
    assert 1 <= len(found.scenes) <= limits.SCENES
    for one in found.scenes:
        assert one.view.path in TARGETS.pages
        assert 0 < len(one.heading) <= limits.HEADING
        assert one.text or one.question
        assert len(one.text) <= limits.TEXT
        if one.question:
            assert len(one.question.choices) in limits.CHOICES
            assert 0 <= one.question.answer < len(one.question.choices)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_lesson_or_get_a_sentence(data):
    found = read(data)
    assert isinstance(found, Lesson) or found.reason


def read(data: bytes) -> Lesson | LessonError:
    try:
        return parse("any.md", data, TARGETS)
    except LessonError as error:
        return error


HEAVY = (
    "[",
    "![",
    "*a ",
    "`",
    "<",
    "> ",
    "- ",
    "[a](",
    "**a*",
    "&#",
    "\\",
    "[a]: b\n",
    "a\n: ",
    "_",
)


@pytest.mark.parametrize("piece", HEAVY)
def test_a_file_that_is_made_to_keep_the_reader_busy_is_soon_done(piece):
    begin = time.perf_counter()
    refused("# T\n\n## S\n\n" + piece * (40_000 // len(piece)))
    assert time.perf_counter() - begin < 10
