"""Three questions that only a change of light answers."""

from __future__ import annotations

import pytest

from se_viz.experiments.shifts.questions import CLASS, EARLY, FIXED, answers_of
from tests.experiments.shifts.test_findings import RECORD, moving


def answer(record, question):
    return next(one for one in answers_of(record) if one.question == question)


def test_each_question_is_answered_or_said_not_to_be():
    found = answers_of(RECORD)
    assert [one.question for one in found] == [EARLY, CLASS, FIXED]
    for one in found:
        assert (one.holds is None) == (not one.short) == ("Cannot be asked" in one.sentence)


def test_a_fixed_scale_does_not_do_where_freezing_costs_more_than_clean():
    assert answer(RECORD, FIXED).holds is False
    assert "at contrast 0.4" in answer(RECORD, FIXED).sentence


@pytest.mark.parametrize(
    ("common", "classes", "holds"),
    [
        ((0.8, 0.1), (0.1, 0.6), True),
        ((0.1, 0.8), (0.1, 0.6), False),
        ((0.8, 0.1), (0.6, 0.1), False),
    ],
)
def test_early_gates_answer_to_the_light_where_both_shares_say_so(common, classes, holds):
    found = answer(moving(common, classes), EARLY)
    assert found.holds is holds
    assert f"{common[0]:.1%} of the gates' move" in found.sentence
