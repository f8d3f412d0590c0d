"""The paper's observations in a figure: filled where they hold, with the number that decides."""

from __future__ import annotations

import pandas as pd

from se_viz.figures.profiles.claims import claims

TABLE = pd.DataFrame(
    [
        ["A is <so>.", True, "12%", "at least 10%", "one"],
        ["B is so.", False, "0.77", "above 0.9", "one"],
        ["C is so.", None, "", "above 1", "one"],
    ],
    columns=["claim", "holds", "short", "threshold", "group"],
)


def test_each_claim_has_its_verdict_its_number_and_what_decides():
    figure = claims(TABLE)
    (trace,) = figure.data
    assert list(trace.marker.symbol) == ["circle", "circle-open", "circle-open"]
    assert [text.strip() for text in trace.text] == [
        "<b>12%</b>  holds",
        "<b>0.77</b>  does not hold",
        "cannot be asked",
    ]
    assert figure.layout.yaxis.ticktext[0].startswith("A is &lt;so&gt;.<br>")
    assert "at least 10%" in figure.layout.yaxis.ticktext[0]


def test_groups_stand_side_by_side_under_their_names():
    figure = claims(pd.concat([TABLE, TABLE.assign(group="two")]))
    assert [set(trace.x) for trace in figure.data] == [{0}, {1}]
    assert list(figure.layout.xaxis.ticktext) == ["one", "two"]
