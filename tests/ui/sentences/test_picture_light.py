"""One picture in another light, in words."""

from __future__ import annotations

import pandas as pd
import pytest

from se_viz.pictures.shifts import KINDS, Light
from se_viz.ui.sentences.one_picture.light import (
    NO_RECORD,
    comes_to,
    dial,
    in_brackets,
    over_many,
    which_part,
)

LIGHT = Light("contrast", 0.4)
OF = {
    "adaptive": ("gates adapt", 0.676, 0.887),
    "held": ("clean gates, an oracle", 0.468, 0.88),
    "frozen": ("frozen at the mean", 0.172, 0.652),
    "other-class": ("gates of golf ball", 0.103, 0.415),
}


def table(now=("horn", "horn", "horn", "horn"), pictures: int = 3925, keys=tuple(OF)):
    rows = [
        {
            "gates": key,
            "where": "all",
            "told": OF[key][0],
            "now": now[list(OF).index(key)],
            "clean_class": "horn",
            "of_clean": OF[key][1],
            "accuracy": OF[key][2],
            "pictures": pictures,
            "measured": 0.4,
        }
        for key in keys
    ]
    return pd.DataFrame(rows)


def test_each_number_has_its_share_of_many_beside_it():
    assert comes_to(table(("horn", "horn", "truck", "golf ball"))) == (
        "It stays **horn** with gates that adapt; with frozen ones it is **truck**. It gets "
        "**67.6%** (88.7%) with gates that adapt, **46.8%** (88.0%) with the clean picture’s "
        "gates, an oracle, **17.2%** (65.2%) with gates frozen at their mean and **10.3%** "
        "(41.5%) with gates of golf ball, and is taken for it."
    )


@pytest.mark.parametrize(
    ("adaptive", "frozen", "begins"),
    [
        ("horn", "horn", "It stays **horn**, whether gates adapt or not."),
        ("truck", "horn", "Gates that adapt take it for **truck**; with frozen ones it stays"),
        ("truck", "tench", "**horn** is lost, whether gates adapt or not."),
    ],
)
def test_what_adapting_does_is_said_as_it_came_out(adaptive, frozen, begins):
    assert comes_to(table((adaptive, "horn", frozen, "horn"))).startswith(begins)


def test_without_frozen_gates_or_a_record_there_is_less_to_say():
    said = comes_to(table(pictures=0, keys=("adaptive", "held")))
    assert said == (
        "It stays **horn**. It gets **67.6%** with gates that adapt and **46.8%** with the clean "
        "picture’s gates, an oracle."
    )
    (row,) = table(pictures=0, keys=("adaptive",)).itertuples()
    assert in_brackets(row, LIGHT) == NO_RECORD


def test_a_strength_that_was_not_measured_is_named():
    (row,) = table(keys=("adaptive",)).itertuples()
    assert in_brackets(row, LIGHT).endswith("are right with such gates, at this strength.")
    near = in_brackets(row, Light("contrast", 0.5))
    assert "at contrast 0.4, the nearest strength that was measured" in near
    other = table().assign(measured=[0.4, 0.4, 0.4, 0.1])
    assert "(41.5% at 0.1)" in comes_to(other)
    clean = in_brackets(row._replace(measured=1.0), Light("contrast", 0.9))
    assert "at no shift" in clean


def test_the_dial_says_what_changes_nothing():
    assert dial(KINDS["contrast"]) == "Contrast, from 1 (as it is) to 0"


def placed(held, other) -> pd.DataFrame:
    parts = ("stage 2", "stage 5")
    rows = [
        {"gates": gates, "where": part, "now": "horn", "clean_class": "horn", "of_clean": share}
        for gates, shares in (("held", held), ("other-class", other))
        for part, share in zip(parts, shares, strict=True)
    ]
    return pd.DataFrame(rows).assign(accuracy=[0.7, 0.9, 0.8, 0.5], pictures=3925, measured=0.4)


def test_the_part_that_costs_most_is_named_and_one_that_costs_nothing_is_not():
    (row,) = table(keys=("adaptive",)).itertuples()
    said = which_part(placed((0.2, 0.7), (0.67, 0.1)), row)
    assert "Held as they were, the gates of **stage 2** cost most: 67.6% falls to **20.0%**" in said
    assert "Of another class, the gates of **stage 5** cost most" in said
    assert "no part’s gates cost **horn** anything here" in which_part(
        placed((0.68, 0.7), (0.67, 0.1)), row
    )


def test_what_parts_cost_over_many_is_in_points():
    said = over_many(placed((0, 0), (0, 0)), 0.9, "contrast")
    assert said == (
        "Over 3,925 validation pictures at contrast 0.4: held as they were, those of stage 2 cost "
        "most, 20.0 points; of another class, those of stage 5 cost most, 40.0 points."
    )
    assert "no part’s gates cost anything" in over_many(placed((0, 0), (0, 0)), 0.5, "contrast")
    assert over_many(placed((0, 0), (0, 0)).assign(pictures=0), 0.5, "contrast") == ""
