"""The paper's observations about depth (arXiv 1709.01507, "Role of excitation"), as questions.

They were made on the authors' weights; for other weights each is measured and may fail.

| claim | number that decides | holds if |
|---|---|---|
| SE_2_3 nearly the same for every class | mean absolute difference of two class curves over the spread of the "all" curve | at most 0.2 |
| SE_4_6, SE_5_1 more class-specific | median `specificity` of both blocks, the smaller, over that of SE_2_3; omega squared beside it | at least 2 |
| SE_5_2 nearly saturated | share of gates of 0.95 or more, classes alike | above 0.5 |
| SE_5_3 one pattern, modest change of scale | mean correlation of two class curves; scale of each class curve against the "all" curve | at least 0.9; within 0.75 to 1.25 |
| SE_5_2, SE_5_3 recalibrate less than those before | spread of a gate over pictures (class and picture share of the variance, as a standard deviation): the larger of the two, over the smaller of SE_4_6, SE_5_1 | below 1 |
| gates differ within a class too, more so late | spread of a gate within a class (picture share): the smaller of SE_4_6, SE_5_1, over SE_2_3 | above 1 |

Why these thresholds, which are ours: two curves of equal spread that differ by 0.2 of it correlate
at about 0.97; twice as specific is more than a matter of taste; "most" is more than half; at a
correlation of 0.9, curves share four fifths of their variance; less is less, and more is more. How
much gates move with the picture is our measure of "recalibration", which the paper does not define.

Networks without these blocks are asked by depth, see `stand_ins`.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from se_viz.analysis.networks.counterparts import FEWEST, stand_ins
from se_viz.analysis.profiles.agreement import agreement
from se_viz.analysis.profiles.distributions import (
    OPEN,
    class_shares,
    edges_of,
    open_and_shut,
)
from se_viz.analysis.profiles.groups import Group, filled
from se_viz.analysis.profiles.specificity import median_specificity, omega_squared
from se_viz.analysis.profiles.variance import STILL, variance
from se_viz.profiles import Profile

PANELS = ("SE_2_3", "SE_3_4", "SE_4_6", "SE_5_1", "SE_5_2", "SE_5_3")
"""Blocks that the paper shows."""
WHERE = 'arXiv 1709.01507, section "Role of excitation"'
SAME, TWICE, MOST, ALIKE, SCALES = 0.2, 2.0, 0.5, 0.9, (0.75, 1.25)


@dataclass(frozen=True)
class Finding:
    """One claim of the paper, asked of a profile.

    Attributes:
        claim: what the paper says, one sentence.
        where: its place in the paper.
        holds: whether it holds here; None where it cannot be asked.
        number: what decides, None where it cannot be asked.
        meaning: what the number is.
        threshold: what it is held against, with the side, as text.
        short: the number as text, such as "12%"; "" where it cannot be asked.
        sentence: the answer with its number and where it was measured.
        blocks: what it was measured on.
        instead: which blocks answer for the paper's, a sentence; "" where they are the same.
    """

    claim: str
    where: str
    holds: bool | None
    number: float | None
    meaning: str
    threshold: str
    short: str
    sentence: str
    blocks: tuple[str, ...]
    instead: str


_Answer = tuple[bool, float, str, str]
"""Whether it holds, the number, the number as text, and a sentence without its full stop."""


@dataclass(frozen=True)
class _Claim:
    text: str
    blocks: tuple[str, ...]
    meaning: str
    threshold: str
    classes: int
    pictures: int
    ask: Callable[[Profile, tuple[str, ...]], _Answer | None]


def findings(group: Group) -> tuple[Finding, ...]:
    """The paper's observations about depth, asked of a group's profile."""
    profile = filled(group.profile) if group.profile.stats else group.profile
    return tuple(_find(claim, profile, group.title) for claim in _CLAIMS)


def _find(claim: _Claim, profile: Profile, title: str) -> Finding:
    known = stand_ins(profile.blocks)
    blocks = tuple(known[name] for name in claim.blocks) if known else claim.blocks
    answer, obstacle = None, _obstacle(claim, profile)
    if obstacle is None:
        answer = claim.ask(profile, blocks)
        obstacle = "the gates here hardly change"
    holds, number, short, said = answer or (None, None, "", "")
    cannot = f"Cannot be decided with these gates: {obstacle}."
    sentence = f"{said} (measured: {title})." if answer else cannot
    facts = (claim.text, WHERE, holds, number, claim.meaning, claim.threshold, short, sentence)
    return Finding(*facts, blocks, _instead(claim.blocks, blocks))


def _instead(asked: tuple[str, ...], blocks: tuple[str, ...]) -> str:
    if asked == blocks:
        return ""
    pairs = [f"{here} for {there}" for there, here in zip(asked, blocks, strict=True)]
    return f"Asked by depth, which is our translation: {', '.join(pairs)}."


def _obstacle(claim: _Claim, profile: Profile) -> str | None:
    if stand_ins(profile.blocks) is None:
        return (
            f"it takes a network of {FEWEST} SE blocks or more, and this one has "
            f"{len(profile.blocks)}"
        )
    if len(profile.classes) < claim.classes:
        return f"it takes {claim.classes} classes, and there {_are(len(profile.classes))}"
    if min(profile.counts.values(), default=0) < claim.pictures:
        return f"it takes {claim.pictures} pictures of every class"
    return None


def _are(count: int) -> str:
    return "is one" if count == 1 else "are none"


def _same(profile: Profile, blocks: tuple[str, ...]) -> _Answer | None:
    found = agreement(profile, blocks[0])
    if found is None:
        return None
    said = (
        f"In {blocks[0]} the curves of two classes differ by {found.difference:.1%} of the spread "
        f"over channels, and correlate at {found.correlation:.2f}"
    )
    return found.difference <= SAME, found.difference, f"{found.difference:.2f}", said


def _grows(profile: Profile, blocks: tuple[str, ...]) -> _Answer | None:
    early, late, later = (median_specificity(profile, name) for name in blocks)
    if early == 0:
        return None
    number = min(late, later) / early
    omega = [f"{np.median(omega_squared(profile, name)):.1%}" for name in blocks]
    said = (
        f"Classes account for {early:.1%} of a gate's variance in {blocks[0]}, {late:.1%} in "
        f"{blocks[1]} and {later:.1%} in {blocks[2]}, at least {number:.1f} times as much; less "
        f"what chance gives (omega squared), for {omega[0]}, {omega[1]} and {omega[2]}"
    )
    return number >= TWICE, number, f"{number:.1f} times", said


def _saturated(profile: Profile, blocks: tuple[str, ...]) -> _Answer:
    bins = edges_of([(profile, blocks)])
    number, _ = open_and_shut(class_shares(profile, blocks, bins).mean(0), bins)
    said = f"In {blocks[0]}, {number:.1%} of the gates are {OPEN} or more"
    return number > MOST, number, f"{number:.1%}", said


def _one_pattern(profile: Profile, blocks: tuple[str, ...]) -> _Answer | None:
    found = agreement(profile, blocks[0])
    if found is None:
        return None
    low, high = found.scales
    alike = found.correlation >= ALIKE and low >= SCALES[0] and high <= SCALES[1]
    said = (
        f"In {blocks[0]} the curves of two classes correlate at {found.correlation:.2f}, and a "
        f'class curve is {low:.2f} to {high:.2f} times the "all" curve'
    )
    short = f"{found.correlation:.2f}, scales {low:.2f} to {high:.2f}"
    return alike, found.correlation, short, said


def _less_adaptive(profile: Profile, blocks: tuple[str, ...]) -> _Answer | None:
    found = [variance(profile, name) for name in blocks]
    moves = [(one.between + one.within) ** 0.5 for one in found]
    if min(moves[:2]) ** 2 < STILL:
        return None
    number = max(moves[2:]) / min(moves[:2])
    parts = [
        f"{move:.2f} in {name} ({move**2 / max(one.total, STILL):.1%} of all its variance)"
        for move, name, one in zip(moves, blocks, found, strict=True)
    ]
    said = (
        f"Over pictures, a gate spreads by {parts[0]} and {parts[1]}, but by {parts[2]} and "
        f"{parts[3]}, {number:.2f} times as much at most"
    )
    return number < 1, number, f"{number:.2f} times", said


def _within(profile: Profile, blocks: tuple[str, ...]) -> _Answer | None:
    early, late, later = (variance(profile, name).within ** 0.5 for name in blocks)
    if early**2 < STILL:
        return None
    number = min(late, later) / early
    said = (
        f"Over the pictures of one class, a gate spreads by {early:.2f} in {blocks[0]}, "
        f"{late:.2f} in {blocks[1]} and {later:.2f} in {blocks[2]}, at least {number:.1f} times "
        "as much"
    )
    return number > 1, number, f"{number:.1f} times", said


_CLAIMS = (
    _Claim(
        "In SE_2_3 the gates are nearly the same for every class.",
        ("SE_2_3",),
        "difference between two class curves, as a share of the spread over channels",
        f"at most {SAME}",
        2,
        1,
        _same,
    ),
    _Claim(
        "Towards SE_4_6 and SE_5_1 the gates become more and more class-specific.",
        ("SE_2_3", "SE_4_6", "SE_5_1"),
        "share of variance between classes, against that in SE_2_3",
        f"at least {TWICE:g}",
        2,
        2,
        _grows,
    ),
    _Claim(
        "SE_5_2 is close to saturated: most gates are near 1.",
        ("SE_5_2",),
        f"share of gates that are {OPEN} or more",
        f"above {MOST}",
        1,
        1,
        _saturated,
    ),
    _Claim(
        "SE_5_3 has a similar pattern for every class, up to a modest change of scale.",
        ("SE_5_3",),
        "correlation of two class curves, with their scales against the mean of all",
        f"at least {ALIKE}, with scales from {SCALES[0]} to {SCALES[1]}",
        2,
        1,
        _one_pattern,
    ),
    _Claim(
        "SE_5_2 and SE_5_3 matter less for recalibration than the blocks before them.",
        ("SE_4_6", "SE_5_1", "SE_5_2", "SE_5_3"),
        "how much a gate spreads over pictures in the last two, against the two before",
        "below 1",
        1,
        2,
        _less_adaptive,
    ),
    _Claim(
        "Gates also differ between pictures of one class, above all in later layers.",
        ("SE_2_3", "SE_4_6", "SE_5_1"),
        "how much a gate spreads within a class, late against early",
        "above 1",
        1,
        2,
        _within,
    ),
)
