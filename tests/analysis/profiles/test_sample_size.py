"""Too few pictures: a sentence says so."""

from __future__ import annotations

import pytest

from se_viz.analysis.profiles.sample_size import FEW, smallest_effect, too_few, too_few_of_two


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([], "there is none"),
        ([0, 0], "there is none"),
        ([50, 0], "there is only one"),
        ([1, 1, 1], "Each of the 3 classes has a single picture"),
        ([1, 40], "The smallest class has 1 picture."),
        ([40, 9], "The smallest class has 9 pictures."),
    ],
)
def test_too_few_is_said(counts, said):
    assert said in too_few(counts)
    assert too_few(counts).endswith(".")


def test_enough_is_not_said():
    assert too_few([FEW, FEW, 0]) is None
    assert too_few_of_two(("a", "b"), (FEW, 50)) is None


def test_two_classes_of_few_pictures():
    assert too_few_of_two(("cat", "dog"), (5, 1)).startswith("dog has one picture")
    assert too_few_of_two(("cat", "dog"), (0, 5)).startswith("cat has no picture")
    said = too_few_of_two(("cat", "dog"), (2, 2))
    assert said.startswith("cat has 2 pictures and dog 2 pictures.")
    assert "less than about 2.0 " in said
    assert smallest_effect(2, 2) == pytest.approx(1.96)
