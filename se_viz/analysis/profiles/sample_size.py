"""Whether there are enough pictures to say anything of classes, as a sentence for people."""

from __future__ import annotations

from collections.abc import Iterable

FEW = 10
"""Pictures in the smallest class, below which intervals are too wide to read much into a figure."""


def too_few(counts: Iterable[int]) -> str | None:
    """Why these classes say little or nothing about class specificity; None where they do.

    Args:
        counts: pictures in each class, such as `profile.counts.values()`; empty classes are left
            out.
    """
    sizes = [count for count in counts if count]
    if len(sizes) < 2:
        have = "there is only one" if sizes else "there is none"
        return f"This compares classes, and {have}: it takes pictures of two classes or more."
    if max(sizes) < 2:
        return (
            f"Each of the {len(sizes):,} classes has a single picture, so nothing tells a class "
            "from its picture: it takes two pictures or more of a class."
        )
    if min(sizes) >= FEW:
        return None
    return (
        f"The smallest class has {_pictures(min(sizes))}. Omega squared is right on average all "
        f"the same, but far off for single channels, and intervals are wide: take {FEW} pictures "
        "or more of each class before you read much into it."
    )


def too_few_of_two(names: tuple[str, str], counts: tuple[int, int]) -> str | None:
    """Why these two classes cannot be told apart channel by channel, or how little can be seen.

    Args:
        names: of two classes.
        counts: their pictures.
    """
    for name, count in zip(names, counts, strict=True):
        if count < 2:
            have = "one picture" if count else "no picture"
            return f"{name} has {have}: a difference takes two or more of each class."
    if min(counts) >= FEW:
        return None
    return (
        f"{names[0]} has {_pictures(counts[0])} and {names[1]} {_pictures(counts[1])}. Effects "
        f"(Hedges' g) of less than about {smallest_effect(*counts):.1f} cannot be told from none, "
        "even in a channel looked at alone; and effects in the tens come of gates that hardly vary "
        "within so few pictures, not of large differences."
    )


def smallest_effect(a: int, b: int) -> float:
    """Half the width of the 95% interval of an effect of 0, with a and b pictures (Hedges' g)."""
    return 1.96 * (1 / a + 1 / b) ** 0.5


def _pictures(count: int) -> str:
    return f"{count:,} picture{'s' * (count != 1)}"
