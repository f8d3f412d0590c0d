"""Every block as a column of gates, from low to high."""

from __future__ import annotations

import numpy as np

from se_viz.analysis.one_picture.glance import QUANTILES, at_a_glance, glance_table, shifted_glance
from tests.analysis.hand import reading_of

READING = reading_of(
    SE_2_1={"a": [[0.5, 0.5]], "b": [[0.9, 0.1]]},
    SE_3_1={"a": [[0.75, 0.25, 0.5]], "b": [[0.3, 0.3, 0.3]]},
)
BLOCKS = ("SE_2_1", "SE_3_1")


def test_gates_rise_from_the_lowest_to_the_highest_and_are_real_ones():
    table = glance_table(READING, 0, BLOCKS)
    assert list(table.columns) == ["block", "share", "gate"]
    assert table["block"].unique().tolist() == list(BLOCKS)
    for block, part in table.groupby("block"):
        assert len(part) == QUANTILES
        assert part["gate"].is_monotonic_increasing
        assert set(part["gate"]) == set(READING.gates[block][0])
        assert part["share"].iloc[[0, -1]].tolist() == [0, 1]


def test_each_of_three_gates_takes_its_part_of_the_column():
    counts = glance_table(READING, 0, BLOCKS[1:])["gate"].value_counts()
    assert counts[0.5] == 32
    assert counts[0.25] == counts[0.75] == 16


def test_the_sentence_by_hand():
    assert at_a_glance(READING, 1, BLOCKS) == (
        "This picture set **5** gates in 2 blocks: most open in **SE_2_1** (0.50 on average), "
        "most shut in **SE_3_1** (0.30). From channel to channel they differ most in **SE_2_1**, "
        "from **0.10** to **0.90**."
    )


def test_what_is_alike_is_not_called_most_open_or_most_different():
    assert at_a_glance(READING, 0, BLOCKS).startswith(
        "This picture set **5** gates in 2 blocks: 0.50 on average in every one. From channel"
    )
    flat = reading_of(SE_2_1={"a": [[0.5, 0.5]]}, SE_3_1={"a": [[0.75]]})
    assert at_a_glance(flat, 0, BLOCKS).endswith("Within a block they are all alike.")
    still = reading_of(SE_2_1={"a": [[0.5, 0.5]]}, SE_3_1={"a": [[0.5]]})
    assert at_a_glance(still, 0, BLOCKS) == (
        "This picture set **3** gates in 2 blocks, all of them to **0.50**."
    )


def test_a_single_block_has_its_own_sentence():
    assert at_a_glance(READING, 1, BLOCKS[:1]) == (
        "This picture set the **2** gates of **SE_2_1** from **0.10** to **0.90**, **0.50** on "
        "average."
    )


def test_wide_blocks_take_as_many_rows_as_narrow_ones():
    wide = reading_of(SE_2_1={"a": [np.linspace(0, 1, 4096)]})
    table = glance_table(wide, 0, ("SE_2_1",))
    np.testing.assert_allclose(table["gate"], np.linspace(0, 1, QUANTILES), atol=2e-4)


def test_in_another_light_the_same_channels_keep_their_places():
    clean, now = ({name: s[row] for name, s in READING.gates.items()} for row in (0, 1))
    table = shifted_glance(clean, now, BLOCKS)
    assert list(table.columns) == ["block", "share", "channel", "gate", "clean"]
    part = table[table["block"] == "SE_3_1"].drop_duplicates("channel")
    assert part[["channel", "clean"]].values.tolist() == [[1, 0.25], [2, 0.5], [0, 0.75]]
    assert part["gate"].tolist() == now["SE_3_1"][[1, 2, 0]].tolist()
    assert table["clean"].tolist() == glance_table(READING, 0, BLOCKS)["gate"].tolist()
