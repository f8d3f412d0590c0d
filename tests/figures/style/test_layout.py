"""What all figures share: texts without markup, panels, room for the legend, the toolbar."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.figures.style import layout as style
from se_viz.figures.style import legend
from tests.figures.look import is_note, titles


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("cat", "cat"),
        ("<b>cat</b>", "&lt;b&gt;cat&lt;/b&gt;"),
        ("cats & dogs", "cats &amp; dogs"),
        ("%{y}", "%\u200b{y}"),
        ("100%", "100%"),
    ],
)
def test_texts_are_shown_as_they_read(text, shown):
    assert style.plain(text) == shown


@settings(max_examples=30, deadline=None)
@given(st.text(), st.integers(3, 40))
def test_no_text_brings_markup_or_placeholders(text, length):
    for shown in (style.plain(text), style.short(text, length)):
        assert not {"<", ">"} & set(shown)
        assert "%{" not in shown


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="abc é", max_size=60), st.integers(3, 40))
def test_long_names_are_cut_in_the_middle(text, length):
    shown = style.short(text, length)
    assert len(shown) <= max(length, 3)
    assert (shown == text) == (len(text) <= length)
    assert text.startswith(shown.split("…")[0])


def test_names_that_read_alike_are_told_apart():
    assert style.apart(["a", "b", "a", "a"]) == ["a", "b", "a\u200b", "a\u200b\u200b"]


def test_row_names_carry_the_group_only_where_there_are_two():
    assert style.row_names([("cat", "mine"), ("dog", "mine")]) == ["cat", "dog"]
    both = style.row_names([("cat", "mine"), ("cat", "<i>")])
    assert both == ["cat<br><sup>mine</sup>", "cat<br><sup>&lt;i&gt;</sup>"]


def test_numbers_are_kept_to_four_decimals_in_four_bytes():
    values = style.rounded([0.123456, 1])
    assert values.dtype == np.float32
    assert values.tolist() == pytest.approx([0.1235, 1])


@pytest.mark.parametrize(("count", "columns", "rows"), [(1, 2, 1), (3, 2, 2), (5, 1, 5), (4, 9, 1)])
def test_panels_fill_row_by_row(count, columns, rows):
    names = [f"panel {i}" for i in range(count)]
    figure = style.panels(names, columns)
    assert titles(figure) == names
    axes = [figure.layout["yaxis" + (str(i + 1) if i else "")] for i in range(count)]
    assert len({axis.domain for axis in axes}) == rows
    assert axes[0].domain[1] == pytest.approx(1)


def test_panels_left_over_are_invisible():
    layout = style.panels(["a", "b", "c"], 2).layout
    assert (layout.xaxis4.visible, layout.yaxis4.visible) == (False, False)
    assert layout.xaxis3.visible is None


def test_a_figure_grows_with_its_rows_and_its_legend():
    one, two = style.panels(["a"], 1), style.panels(["a", "b"], 1)
    assert two.layout.height == one.layout.height + 210 + style.GAP
    named = style.panels(["a"], 1, legend=["a rather long name"] * 9)
    assert named.layout.height > one.layout.height
    assert (one.layout.showlegend, named.layout.showlegend) == (False, True)


@pytest.mark.parametrize(("names", "rows"), [([], 0), (["cat"], 1), (["x" * 26] * 4, 4)])
def test_the_legend_has_room_for_its_names(names, rows):
    assert style.legend_rows(names, 1) == rows


def test_axes_are_named_at_the_left_and_under_the_lowest_panel_of_a_column():
    figure = style.panels(["a", "b", "c"], 2)
    style.label_axes(figure, 3, 2, "across", "up")
    named = [figure.layout[f"xaxis{i}"].title.text for i in ("", 2, 3)]
    assert named == [None, "across", "across"]
    assert [figure.layout[f"yaxis{i}"].title.text for i in ("", 2, 3)] == ["up", None, "up"]


def test_shared_rows_are_named_at_the_left_alone():
    figure = style.panels(["a", "b", "c"], 2)
    style.share_rows(figure, 3, 2)
    assert [figure.layout[f"yaxis{i}"].showticklabels for i in ("", 2, 3)] == [None, False, None]


def test_axes_are_counted_from_0():
    assert style.axes_of(0) == {"xaxis": "x", "yaxis": "y"}
    assert style.axes_of(2) == {"xaxis": "x3", "yaxis": "y3"}


def test_a_note_says_what_it_says():
    figure = style.note("Nothing <here>.")
    assert is_note(figure)
    assert titles(figure) == ["Nothing &lt;here&gt;."]


@pytest.mark.parametrize(
    ("wish", "name"), [("gates SE_2_1", "gates-SE_2_1"), ("a/../b", "a-b"), ("", "figure")]
)
def test_saved_pictures_have_harmless_names(wish, name):
    options = style.config(wish)["toImageButtonOptions"]
    assert options == {"format": "svg", "filename": name}


def test_one_entry_in_the_legend_for_each_group_of_traces():
    traces = [
        {"legendgroup": "a", "showlegend": False},
        {"legendgroup": "a"},
        {"legendgroup": "a"},
        {"legendgroup": "b"},
        {},
        {},
    ]
    shown = [trace["showlegend"] for trace in legend.once(traces)]
    assert shown == [False, True, False, True, True, True]
    assert traces[1] == {"legendgroup": "a"}


def test_one_group_needs_no_key():
    assert legend.key(["mine"]) == []
    assert [trace["name"] for trace in legend.key(["mine", "theirs"])] == ["mine", "theirs"]


def test_sentences_stand_between_legend_and_panels_in_room_of_their_own():
    before = style.panels(["a", "b"], 1, legend=["cat"])
    figure = style.tell(style.panels(["a", "b"], 1, legend=["cat"]), ["Some.", "Others."], 1)
    room = figure.layout.height - before.layout.height
    assert room > 0
    assert figure.layout.margin.t - before.layout.margin.t == room
    assert figure.layout.legend.y > before.layout.legend.y
    assert titles(figure) == ["a", "b", "Some. Others."]


def test_long_sentences_are_wrapped_on_narrow_pages():
    wide, narrow = (style.tell(style.panels(["a"]), ["word " * 20], n) for n in (2, 1))
    assert (titles(wide)[1].count("<br>"), titles(narrow)[1].count("<br>")) == (0, 1)
    assert narrow.layout.height > wide.layout.height


def test_nothing_to_tell_changes_nothing():
    assert style.tell(style.panels(["a"]), []) == style.panels(["a"])


def test_blocks_that_the_sentence_names_are_named_in_bold():
    names = [f"SE_{n}" for n in range(60)]
    figure = style.panels(["a", "b"], 2)
    style.place_blocks(figure, names, 3, "SE_1 and **SE_17** differ, SE_5x and xSE_9 are none.")
    for axis in (figure.layout.xaxis, figure.layout.xaxis2):
        ticks = dict(zip(axis.tickvals, axis.ticktext, strict=True))
        assert {place for place, text in ticks.items() if text == f"<b>{names[place]}</b>"} == {
            1,
            17,
        }
        assert {0, 59} < set(ticks)
        assert len(ticks) == 5
    style.place_blocks(figure, ["<i>"], told="<i> alone")
    assert figure.layout.xaxis.ticktext == ("<b>&lt;i&gt;</b>",)
