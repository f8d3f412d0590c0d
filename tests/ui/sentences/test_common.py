"""Numbers in words."""

from __future__ import annotations

import pytest

from se_viz.ui.sentences.common import classes, counted, of_whom, percent


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 pictures"), (1, "1 picture"), (2, "2 pictures"), (2000, "2,000 pictures")],
)
def test_one_is_no_plural(number, text):
    assert counted(number, "picture") == text


def test_the_plural_may_end_otherwise():
    assert (counted(1, "class", "es"), counted(3, "class", "es")) == ("1 class", "3 classes")
    assert (classes(1), classes(3)) == ("1 class", "3 classes")


def test_a_title_stands_before_a_sentence_where_there_are_several():
    assert of_whom("Mine", "They differ.", True) == "Mine: They differ."
    assert of_whom("Mine", "They differ.", False) == "They differ."


def test_a_share_is_told_in_percent():
    assert percent(0.487) == "48.7%"
