"""How much of a block's output each channel carries: a gate does nothing to a dead channel.

What a channel carries is its share of the sum of squares over all positions and channels, of U
before scaling and of X after it, as power is counted. A gate s leaves s^2 of a channel's squares.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

HALF, MOST = 0.5, 0.9
HIGH, DEAD = 0.75, 1e-3
"""From where on a gate is high; and the part of an even share, 1 / C, below which a channel is
dead."""


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
    said = (
        f"Counted in squares, as power is, half of the block's output is carried by **{first}** of "
        f"{len(table):,} channels before scaling, by **{then}** after. "
    )
    return said + _strongest(table, strongest) + ("" if idle is None else _idle(idle, len(table)))


def notable(table: pd.DataFrame) -> tuple[pd.Series, pd.Series | None]:
    """Rows of a `contribution_table`: the channel that carries most before scaling; and, of the
    dead channels with a high gate, the one with the highest, None where there is none."""
    idle = table[(table["gate"] >= HIGH) & (table["before"] < DEAD / len(table))]
    found = None if idle.empty else table.loc[idle["gate"].idxmax()]
    return table.loc[table["before"].idxmax()], found


def _strongest(table: pd.DataFrame, row: pd.Series) -> str:
    """What scaling makes of the strongest channel's share: s^2 of its squares, of what s^2 leaves
    of all."""
    most = (
        f"Channel **{row['channel']:.0f}** carries most before scaling: {_percent(row['before'])}."
    )
    left, whole = row["gate"] ** 2, float((table["before"] * table["gate"] ** 2).sum())
    if not table["after"].any():
        return f"{most} After scaling nothing is left."
    return (
        f"{most} Its gate of {row['gate']:.3f} leaves {row['gate']:.3f}² = {left:.3f} of its "
        f"squares; all gates together leave {whole:.3f} of all squares; so it carries "
        f"{left:.3f} / {whole:.3f} of that share after scaling, **{_percent(row['after'])}**."
    )


def _idle(row: pd.Series, channels: int) -> str:
    nothing = "is 0 everywhere" if row["before"] == 0 else f"carries {_percent(row['before'])}"
    return (
        f" Channel **{row['channel']:.0f}** has a gate of **{row['gate']:.2f}** and {nothing}, "
        f"where an even share is {_percent(1 / channels)}: there is nothing to let through."
    )


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%" if share == 0 or share >= 5e-5 else "under 0.01%"
