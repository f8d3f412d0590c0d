"""From outputs to the likeliest classes, in tables and in words."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.predictions.tables import flips_table, in_words, top, top_table
from se_viz.nets.output import Output
from se_viz.probe.reading import Reading
from tests.make import single

LOGITS = np.log(np.array([[0.2, 0.5, 0.3], [0.25, 0.25, 0.5]], np.float32))
OUTPUT = single(("cat", "dog", "cow"))
LABELS = Output("sigmoid", ("cat", "dog", "cow"))
BINARY = Output("sigmoid", ("ham", "spam"), binary=True)
SCORES = Output("scores", ("age", "height"))


def reading(outputs: np.ndarray, output: Output) -> Reading:
    names = tuple(f"{row}.png" for row in range(len(outputs)))
    return Reading(names, names, outputs, {}, {}, output)


def test_the_likeliest_come_first_and_equals_in_the_order_of_the_classes():
    first, second = top(LOGITS, OUTPUT, 2)
    assert [name for name, _ in first] == ["dog", "cow"]
    assert [share for _, share in first] == pytest.approx([0.5, 0.3])
    assert [name for name, _ in second] == ["cow", "cat"]


def test_there_are_no_more_guesses_than_classes():
    assert [len(guesses) for guesses in top(LOGITS, OUTPUT)] == [3, 3]


def test_the_table_has_a_row_for_each_rank():
    table = top_table(reading(LOGITS, OUTPUT))
    assert table["picture"].tolist() == ["0.png"] * 3 + ["1.png"] * 3
    assert table["rank"].tolist() == [1, 2, 3] * 2
    assert table["prediction"].tolist() == ["dog", "cow", "cat", "cow", "cat", "dog"]
    assert table["probability"].tolist() == pytest.approx([0.5, 0.3, 0.2, 0.5, 0.25, 0.25])


def test_no_pictures_are_a_table_without_rows():
    table = top_table(reading(np.zeros((0, 3), np.float32), OUTPUT))
    assert list(table.columns) == ["picture", "class", "rank", "prediction", "probability"]
    assert len(table) == 0


def test_scores_are_a_column_of_scores():
    table = top_table(reading(np.array([[-3, 170]], np.float32), SCORES))
    assert table[["prediction", "score"]].values.tolist() == [["height", 170], ["age", -3]]
    assert "probability" not in table


@pytest.mark.parametrize(
    ("outputs", "output", "said"),
    [
        (LOGITS[0], OUTPUT, "dog, 50.0%"),
        ([0.9, 0.2, 0.7], LABELS, "cat + cow; likeliest cat, 90.0%"),
        ([0.1, 0.5, 0.2], LABELS, "none above 50%; likeliest dog, 50.0%"),
        ([0.25], BINARY, "ham, 75.0%"),
        ([0.75], BINARY, "spam, 75.0%"),
        ([3, 171.25], SCORES, "height, 171.2"),
        ([], Output(), ""),
    ],
)
def test_in_words(outputs, output, said):
    assert in_words(np.array([outputs], np.float32), output) == [said]


def test_labels_flip_where_one_crosses_the_half_and_scores_never_do():
    before, after = np.array([[0.9, 0.2, 0.7]] * 2), np.array([[0.7, 0.1, 0.9], [0.9, 0.2, 0.4]])
    table = flips_table("ab", "ab", before, after, LABELS)
    assert table["picture"].tolist() == ["b", "a"]
    assert table["changed"].tolist() == [True, False]
    assert table["after"].tolist() == ["cat", "cow + cat"]
    assert table["probability_after"].tolist() == [0.9, 0.7]
    table = flips_table("a", "a", np.array([[3.0, 7]]), np.array([[9.0, 1]]), SCORES)
    assert table[["score_before", "score_after", "changed"]].values.tolist() == [[7, 1, False]]
