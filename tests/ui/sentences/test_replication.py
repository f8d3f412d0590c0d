"""What small networks came to, in words."""

from __future__ import annotations

import pandas as pd

from se_viz.ui.sentences.networks.replication import worth

WEIGHED = pd.DataFrame(
    [
        {"row": "r16", "gained": 0.013, "low": 0.007, "high": 0.02, "seeds": 8, "more": 0.106},
        {"row": "wide", "gained": 0.006, "low": 0.004, "high": 0.008, "seeds": 3, "more": 0.1},
    ]
).assign(time=1.1)
COMPARED = pd.DataFrame(
    [{"row": "wide", "difference": -0.012, "low": -0.022, "high": -0.002, "seeds": 3}]
)


def test_se_is_held_against_the_wider_network_by_their_own_seeds():
    assert worth(WEIGHED, COMPARED) == (
        "SE at r = 16 gains **+1.3 points** (8 seeds, 95% +0.7 to +2.0) over no SE, for 10.6% more "
        "weights and 1.10 times the time. Over the network without SE that is as large by width, "
        "seed by seed, it gains **+1.2 points** (3 seeds, 95% +0.2 to +2.2)."
    )


def test_nothing_is_said_where_one_of_them_was_not_trained():
    assert worth(WEIGHED.iloc[1:], COMPARED) == worth(WEIGHED, COMPARED.iloc[:0]) == ""
