"""A profile with a role, and the words that all tables share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from se_viz.profiles import Profile

ALL = "all"
"""The class name of the mean over classes, each class with the same weight."""
_LIKE_ALL = re.compile(rf"{ALL}( \(class\))*")


@dataclass(frozen=True)
class Group:
    """A profile and what people call it, such as "your pictures"."""

    title: str
    profile: Profile


def guesses(profile: Profile) -> str:
    """For a group's title: of how many pictures the class is the network's guess; "" of none."""
    count = sum(profile.guessed.values())
    if not count:
        return ""
    return ", classes guessed" if count == profile.pictures else f", classes of {count:,} guessed"


def with_guessed(table: pd.DataFrame, groups: Sequence[Group]) -> pd.DataFrame:
    """A table of groups and classes with a column guessed, where any is: how many of the pictures
    of the class have it from the network's own guess."""
    if not any(group.profile.guessed for group in groups):
        return table
    counts: Counter[tuple[str, str]] = Counter()
    for group in groups:
        for name, count in group.profile.guessed.items():
            counts[group.title, shown(name)] += count
            counts[group.title, ALL] += count
    titles, names = (table[column].astype("category").cat for column in ("group", "class"))
    found = [[counts[title, name] for name in names.categories] for title in titles.categories]
    return table.assign(guessed=np.array(found, int)[titles.codes, names.codes])


def shown(name: str) -> str:
    """A class's name in tables and figures; a class called "all" gives way to the mean, and one
    called "all (class)" to that class, so that different names are shown differently."""
    return f"{name} (class)" if _LIKE_ALL.fullmatch(name) else name


def rows_of(profile: Profile, classes: Iterable[str] | None) -> list[int]:
    """Rows of the chosen classes that a profile has, in the profile's order; None means every one.

    Classes without a picture are left out. Names count as written in tables, too.
    """
    as_shown = {shown(name): name for name in profile.classes}
    counts = profile.counts
    wanted = profile.classes if classes is None else list(classes)
    found = {name if name in counts else as_shown.get(name) for name in wanted}
    return [row for row, name in enumerate(profile.classes) if counts[name] and name in found]


def pair(group: Group, a: str, b: str) -> list[int]:
    """Rows of two classes of a group, that of a first.

    Raises:
        ValueError: for a class that the group lacks, or that has no picture, or one class twice.
    """
    rows = [*rows_of(group.profile, [a]), *rows_of(group.profile, [b])]
    if len(rows) != 2 or rows[0] == rows[1]:
        raise ValueError(f"{group.title}: {a} and {b} are not two classes with pictures.")
    return rows


def filled(profile: Profile, block: str | None = None) -> Profile:
    """The profile without classes that have no picture, so that they do not weigh on "all".

    Args:
        block: the only one that is needed, which saves copying the others.
    """
    counts = profile.counts
    if all(counts.values()):
        return profile
    if block is not None:
        only = {block: profile.stats[block]}
        profile = replace(profile, blocks=(profile.block(block),), stats=only)
    return profile.select([name for name in profile.classes if counts[name]])


def words(values: Sequence[str], repeats: Sequence[int]) -> pd.Categorical:
    """A text column in which values[i] stands repeats[i] times; small even with many rows."""
    codes = {kind: code for code, kind in enumerate(dict.fromkeys(values))}
    repeated = np.repeat(np.array([codes[value] for value in values], np.int32), repeats)
    return pd.Categorical.from_codes(repeated, categories=list(codes))
