"""How much of a block's output each channel carries: a gate does nothing to a dead channel.

What a channel carries is its share of the sum of squares over all positions and channels, of U
before scaling and of X after it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

HALF, MOST = 0.5, 0.9
DEAD = 0.1
"""A channel carries next to nothing with less than this part of an even share, 1 / C."""


def contribution_table(u: np.ndarray, x: np.ndarray, s: np.ndarray) -> pd.DataFrame:
    """What each channel of one picture carries before and after scaling.

    Args:
        u, x: (H, W, C), before and after.
        s: gates (C,).

    Returns:
        Columns channel, gate, before and after (shares, each adds up to 1, or all 0 where nothing
        comes out at all) and change (mean of |X - U| over positions). C rows.
    """
    return pd.DataFrame(
        {
            "channel": np.arange(len(s)),
            "gate": s,
            "before": _shares(u),
            "after": _shares(x),
            "change": np.abs(x - u).mean((0, 1), dtype=np.float64),
        }
    )


def _shares(maps: np.ndarray) -> np.ndarray:
    squares = np.square(maps, dtype=np.float64).sum((0, 1))
    whole = squares.sum()
    return squares / whole if whole > 0 else squares


def carriers(shares: np.ndarray, part: float = HALF) -> int:
    """The fewest channels that together carry a part of the whole, 0 where nothing is carried."""
    if not shares.any():
        return 0
    sums = np.cumsum(np.sort(shares)[::-1])
    return min(int(np.searchsorted(sums, part - 1e-12)) + 1, len(shares))


def cumulative_table(table: pd.DataFrame) -> pd.DataFrame:
    """What the n channels that carry most carry together, before and after.

    Args:
        table: a `contribution_table`.

    Returns:
        Columns channels (n, from 1 to C), before, after (in [0, 1]). The n channels need not be the
        same ones before and after.
    """
    sums = {key: np.cumsum(np.sort(table[key])[::-1]) for key in ("before", "after")}
    return pd.DataFrame({"channels": np.arange(1, len(table) + 1)} | sums)


def carried(table: pd.DataFrame) -> str:
    """A few sentences with numbers, Markdown; of a `contribution_table`."""
    before, after = (table[key].to_numpy() for key in ("before", "after"))
    if not before.any():
        return "Nothing comes out of this block for this picture: every channel is 0 everywhere."
    first, then = carriers(before), carriers(after)
    strongest, idle = notable(table)
    return (
        f"Half of the block's output is carried by **{first}** of {len(table):,} channels before "
        f"scaling, by **{then}** after. Channel **{strongest['channel']:.0f}** carries most: "
        f"{_percent(strongest['before'])} before; its gate of {strongest['gate']:.2f} makes that "
        f"**{_percent(strongest['after'])}**." + ("" if idle is None else _idle(idle))
    )


def notable(table: pd.DataFrame) -> tuple[pd.Series, pd.Series | None]:
    """Rows of a `contribution_table`: the channel that carries most before scaling; and, of the
    tenth with the widest gates, the one that carries least, where it carries next to nothing."""
    widest = table.nlargest(max(1, len(table) // 10), "gate", keep="first")
    idle = widest.loc[widest["before"].idxmin()]
    found = idle if idle["before"] < DEAD / len(table) else None
    return table.loc[table["before"].idxmax()], found


def _idle(row: pd.Series) -> str:
    return (
        f" Channel **{row['channel']:.0f}** has one of the widest gates, **{row['gate']:.2f}**, "
        f"and carries **{_percent(row['after'])}**: there is next to nothing to let through."
    )


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"
