"""Sentences about a person's pictures."""

from __future__ import annotations

import pytest

from se_viz.pictures import Limits
from se_viz.ui.sentences.pictures import accuracy_of, left_out

LIMITS = Limits(upload_files=5_000, upload_bytes=1024 * 2**20)


@pytest.mark.parametrize(
    ("more", "who"),
    [
        (0, "a.png was"),
        (1200, "a.png and 1,200 more were"),
        (None, "a.png and what comes after it"),
    ],
)
def test_what_is_too_many_is_named_with_the_limit(more, who):
    said = left_out("a.png", more, LIMITS)
    assert said.startswith(who)
    assert said.endswith("left out, since a session holds 5,000 pictures and 1,024 MB at most.")


def test_an_accuracy_says_of_how_many_pictures_it_is():
    assert accuracy_of(4, 4, False) == "measured on your pictures (4)"
    assert accuracy_of(3, 4, True) == (
        "measured on your pictures (3 of 4 with a class of this network, numbers taken for classes "
        "counted from 0)"
    )
