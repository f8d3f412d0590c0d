"""The paper's observations about depth (arXiv 1709.01507, "Role of excitation"), as questions.

They were made on the authors' weights; for other weights each is measured and may fail.

| claim | number that decides | holds if |
|---|---|---|
| SE_2_3 nearly the same for every class | mean absolute difference of two class curves over the spread of the "all" curve | at most 0.2 |
| SE_4_6, SE_5_1 more class-specific | median `specificity` of both blocks, the smaller, over that of SE_2_3 | at least 2 |
| SE_5_2 nearly saturated | share of gates of 0.95 or more, classes alike | above 0.5 |
| SE_5_3 one pattern, modest change of scale | mean correlation of two class curves; scale of each class curve against the "all" curve | at least 0.9; within 0.75 to 1.25 |

Why these thresholds, which are ours: two curves of equal spread that differ by 0.2 of it correlate
at about 0.97; twice as specific is more than a matter of taste; "most" is more than half; at a
correlation of 0.9, curves share four fifths of their variance.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from se_viz.analysis.agreement import Agreement, agreement
from se_viz.analysis.depth import OPEN
from se_viz.analysis.distributions import class_shares
from se_viz.analysis.groups import Group, filled
from se_viz.analysis.specificity import specificity
from se_viz.profile import BINS, Profile

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
        sentence: the answer with its number and where it was measured.
        blocks: what it was measured on.
    """

    claim: str
    where: str
    holds: bool | None
    number: float | None
    meaning: str
    threshold: str
    sentence: str
    blocks: tuple[str, ...]


@dataclass(frozen=True)
class _Claim:
    text: str
    blocks: tuple[str, ...]
    meaning: str
    threshold: str
    classes: int
    pictures: int
    ask: Callable[[Profile], tuple[bool, float, str] | None]


def findings(group: Group) -> tuple[Finding, ...]:
    """The paper's four observations about depth, asked of a group's profile, in order of depth."""
    profile = filled(group.profile) if group.profile.stats else group.profile
    return tuple(_find(claim, profile, group.title) for claim in _CLAIMS)


def _find(claim: _Claim, profile: Profile, title: str) -> Finding:
    answer, obstacle = None, _obstacle(claim, profile)
    if obstacle is None:
        answer = claim.ask(profile)
        obstacle = "the gates here hardly change"
    holds, number, said = (
        answer if answer else (None, None, f"Cannot be asked of these gates: {obstacle}")
    )
    sentence = f"{said} (measured: {title})." if answer else f"{said}."
    return Finding(
        claim.text, WHERE, holds, number, claim.meaning, claim.threshold, sentence, claim.blocks
    )


def _obstacle(claim: _Claim, profile: Profile) -> str | None:
    known = {block.name for block in profile.blocks}
    missing = [name for name in claim.blocks if name not in known]
    if missing:
        return f"this network has no {' and no '.join(missing)}"
    if len(profile.classes) < claim.classes:
        return f"it takes {claim.classes} classes, and there {_are(len(profile.classes))}"
    if min(profile.counts.values(), default=0) < claim.pictures:
        return f"it takes {claim.pictures} pictures of every class"
    return None


def _are(count: int) -> str:
    return "is one" if count == 1 else "are none"


def _same(profile: Profile) -> tuple[bool, float, str] | None:
    found: Agreement | None = agreement(profile, "SE_2_3")
    if found is None:
        return None
    said = (
        f"In SE_2_3 the curves of two classes differ by {found.difference:.0%} of the spread over "
        f"channels, and correlate at {found.correlation:.2f}"
    )
    return found.difference <= SAME, found.difference, said


def _grows(profile: Profile) -> tuple[bool, float, str] | None:
    early, late, later = (
        float(np.median(specificity(profile, name))) for name in ("SE_2_3", "SE_4_6", "SE_5_1")
    )
    if early == 0:
        return None
    number = min(late, later) / early
    said = (
        f"Classes account for {early:.0%} of a gate's variance in SE_2_3, {late:.0%} in SE_4_6 "
        f"and {later:.0%} in SE_5_1, at least {number:.1f} times as much"
    )
    return number >= TWICE, number, said


def _saturated(profile: Profile) -> tuple[bool, float, str]:
    share = class_shares(profile, ["SE_5_2"]).mean(0)
    number = float(share[round(OPEN * BINS) :].sum())
    return number > MOST, number, f"In SE_5_2, {number:.0%} of the gates are {OPEN} or more"


def _one_pattern(profile: Profile) -> tuple[bool, float, str] | None:
    found = agreement(profile, "SE_5_3")
    if found is None:
        return None
    low, high = found.scales
    alike = found.correlation >= ALIKE and low >= SCALES[0] and high <= SCALES[1]
    said = (
        f"In SE_5_3 the curves of two classes correlate at {found.correlation:.2f}, and a class "
        f'curve is {low:.2f} to {high:.2f} times the "all" curve'
    )
    return alike, found.correlation, said


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
)
