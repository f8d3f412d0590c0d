"""What a figure holds: some classes, blocks and channels of many, evenly, and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_viz.analysis.channels import channels_of
from se_viz.analysis.profiles.curves import curve_table
from se_viz.analysis.profiles.groups import ALL, Group
from se_viz.figures.style import budget
from tests.make import blocks_by_depth, make_profile

GROUP = Group("g", make_profile("abcde", blocks_by_depth([8] * 9), pictures=1))
TABLE = curve_table([GROUP], channels_of(GROUP.profile, [f"SE_{i}" for i in range(1, 10)]))


def test_the_first_classes_and_all_are_kept():
    table, said = budget.few_classes(TABLE, 3)
    assert list(table["class"].unique()) == ["a", "b", "c", ALL]
    assert said == ["The first 3 of 5 classes are drawn."]


def test_what_fits_is_kept_whole_and_nothing_is_said():
    assert budget.few_classes(TABLE, 5) == (TABLE, [])
    assert budget.few_panels(TABLE, "block", 200, 1) == (TABLE, [])
    assert budget.few_channels(TABLE, 3) == (TABLE, None)


@pytest.mark.parametrize(("row", "columns", "kept"), [(2000, 1, 3), (2000, 2, 6), (9000, 1, 1)])
def test_panels_fit_the_height_and_are_evenly_spaced(row, columns, kept):
    table, said = budget.few_panels(TABLE, "block", row, columns)
    names = list(table["block"].unique())
    assert len(names) == kept
    assert names[0] == "SE_1"
    assert names[-1] == ("SE_9" if kept > 1 else "SE_1")
    assert said == [f"{kept} of 9 blocks are drawn, evenly by depth."]


def test_panels_of_many_lines_are_fewer():
    table, _ = budget.few_panels(TABLE, "block", 10, 1, traces=50)
    assert table["block"].nunique() == budget.TRACES // (6 * 50)


@given(st.lists(st.integers(1, 500), min_size=1, max_size=30), st.integers(0, 5000))
def test_the_level_is_the_highest_that_fits(sizes, room):
    level = budget.level(sizes, room)

    def total(most: int) -> int:
        return sum(min(size, most) for size in sizes)

    assert 1 <= level <= max(sizes)
    assert total(level) <= room or level == 1
    assert total(level + 1) > room or level == max(sizes)


def test_wide_blocks_give_way_first_and_positions_stay_without_gaps(monkeypatch):
    profile = make_profile("ab", blocks_by_depth([4, 100]), pictures=1)
    table = curve_table([Group("g", profile)], channels_of(profile, ["SE_1", "SE_2"]))
    monkeypatch.setattr(budget, "VALUES", 3 * 3 * 24)  # three curves, three numbers each
    thin, _ = budget.few_channels(table, 3)
    sizes = thin.groupby(["class", "block"], observed=True)["position"].agg(["count", "max"])
    assert sizes.loc["a"].to_numpy().tolist() == [[4, 3], [20, 19]]
    chosen = thin[(thin["class"] == "b") & (thin["block"] == "SE_2")]
    assert chosen["channel"].tolist() == list(range(0, 100, 5))
    assert chosen["position"].tolist() == list(range(20))
