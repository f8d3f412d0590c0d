"""What figures show, in words: gates by class, findings, one channel, two networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from se_viz.analysis.networks.paper import Finding
from se_viz.ui.sentences.common import counted, percent

LINES = (
    "A squeeze-and-excitation network gives each channel a gate: 0 shuts it, 1 lets it "
    "through{}. Each line below is the mean gate over the pictures of one class."
)
ADD_YOUR_OWN = "Add pictures of your own at the side to see which of them open it."
NO_COMMON_DEPTH = "These two networks have no depth in common at which both have SE blocks."
HALVES = "Each half is a histogram of gates, one network to a side, at like depth. "
VERDICTS = {
    True: ":green-badge[holds here]",
    False: ":orange-badge[does not hold here]",
    None: ":gray-badge[cannot be asked]",
}


def what_it_shows(name: str, source: str) -> str:
    """What a screen reader says of a figure."""
    return f"Figure: {name.replace('-', ' ')}, {source}. Its numbers are in a CSV file below."


def source(whose: str) -> str:
    """Under a figure; `whose` as Markdown."""
    return f"Source: {whose}."


def gates_by_class(shares: Mapping[str, float], low: float = 0.0, high: float = 1.0) -> str:
    """What is drawn, and how far blocks follow the class: block -> share, in the order drawn; none
    where there is nothing to compare. Gates of the network lie between low and high."""
    lines = LINES.format(
        ", more strengthens it" * (high > 1) + ", below 0 its sign turns" * (low < 0)
    )
    if not shares:
        return lines
    first, most = next(iter(shares)), max(shares, key=shares.__getitem__)
    said = (
        f"{lines} In **{first}**, which class a picture shows accounts for "
        f"**{percent(shares[first])}** of a gate's variation"
    )
    more = "" if most == first else f"; in **{most}** for **{percent(shares[most])}**"
    return f"{said}{more}."


def too_small(fewest: int, enough: int) -> str:
    """That chance alone makes gates of so few pictures look class-specific."""
    return (
        f"The smallest class has {counted(fewest, 'picture')}. With n pictures in a class, about "
        "1 / n of a gate's variance looks class-specific by chance alone; take "
        f"{enough} or more of each class before you read anything into the figure."
    )


def finding(found: Finding) -> str:
    """One of the paper's observations, an item of a list."""
    decides = f"**{found.short}**; it holds if {found.threshold}." if found.short else ""
    return f"- {VERDICTS[found.holds]} {found.claim} {decides}"


def thresholds_of(title: str) -> str:
    return f"Measured on {title}. The thresholds are ours."


def how_many_hold(found: Sequence[Finding], network: str) -> str:
    """How many of the paper's observations hold on a network."""
    asked = [one for one in found if one.holds is not None]
    held = sum(one.holds is True for one in asked)
    mute = len(found) - len(asked)
    rest = f", and {mute} cannot be decided on it" if mute else ""
    return (
        f"Hu et al. looked at the gates of an SE-ResNet-50 trained on ImageNet and made "
        f"{len(found)} observations. On this network ({network}), "
        f"**{held} of {len(asked)}** hold{rest}."
    )


def claim(found: Finding) -> str:
    return f"**{found.claim}** {verdict(found)}"


def verdict(found: Finding) -> str:
    """Whether a claim holds, a badge."""
    return VERDICTS[found.holds]


def decides(found: Finding) -> str:
    """The number that decides on a claim, and where the paper makes it."""
    return (
        f"Decides: {found.meaning}; it holds if {found.threshold} (our threshold). "
        f"Claim: {found.where}. {found.instead}"
    )


def pictures_at(end: str) -> str:
    """`end`: highest or lowest."""
    return f"Pictures with the {end} gate"


def channel_measured_on(whose: str, own: bool) -> str:
    """`own`: whether they are the person's pictures."""
    return f"Measured on {whose}. {'' if own else ADD_YOUR_OWN}"


def how_far_apart(table: pd.DataFrame) -> str:
    """Where two networks differ most and least, of a `side_table`."""
    apart = table.drop_duplicates("part").dropna(subset="distance")
    if apart.empty:
        return NO_COMMON_DEPTH
    most, least = (apart.loc[apart["distance"].agg(f)] for f in ("idxmax", "idxmin"))
    if len(apart) == 1:
        return (
            f"{HALVES}In **{most['part']}** gates lie **{most['distance']:.2f}** apart on average."
        )
    return (
        f"{HALVES}They differ most in **{most['part']}**, where gates lie "
        f"**{most['distance']:.2f}** apart on average, and least in **{least['part']}**, with "
        f"**{least['distance']:.2f}**."
    )


def through_both(whose: str) -> str:
    """Where numbers of two networks come from."""
    return f"measured on {whose}, through both networks"


def no_intervals(title: str) -> str:
    return f"{title}: a class profile holds no single pictures, so no intervals."


def intervals_take_long(pictures: int) -> str:
    return (
        f"With {counted(pictures, 'picture')} it can take a minute; the figure stands without "
        "them, too."
    )


def shuffling(title: str) -> str:
    return f"Shuffling the classes of {title}, and drawing pictures anew"
