"""What follows from a record of shifts, in sentences for people; numbers are bold Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from se_viz.experiments.shifts.findings import (
    Carried,
    EarlyAndLate,
    Need,
    PartCost,
    Steadied,
    foremost,
)
from se_viz.experiments.shifts.gate_sources import FROZEN, HELD
from se_viz.pictures.shifts import Light

WHEN = {
    "contrast": "contrast goes",
    "exposure": "light goes",
    "blur": "pictures blur",
    "noise": "pictures get noisy",
    "colour": "colour goes",
    "jpeg": "files are squeezed",
    "resolution": "pixels get few",
    "cover": "part of the picture is hidden",
}
NONE_NEEDED = "No shift here surely needs gates that adapt"
UNDECIDED = "Too few pictures to tell whether gates have to adapt"
OF_AGREEMENT = " of agreement"


def headline(found: Sequence[Need], agreement: bool = False) -> str:
    """The result in one line."""
    most = foremost(found)
    if most is None:
        undecided = not found or all(need.needed is None for need in found)
        return UNDECIDED if undecided else NONE_NEEDED
    what = f"points{OF_AGREEMENT if agreement else ''}"
    cost, clean = (round(-100 * change) for change in (most.change, most.clean))
    instead = f"instead of {clean}" if clean > 0 else "and none on clean pictures"
    return (
        f"When {WHEN.get(most.light.kind, str(most.light))}, gates have to adapt: frozen, they "
        f"cost {cost} {what} {instead}"
    )


def where_it_costs(light: Light, cost: PartCost | None) -> str:
    """Which part has to answer to a light."""
    if cost is None:
        return f"At {light}, no part of the network surely loses by being frozen alone."
    frozen = f"At {light}, **{cost.part}** frozen alone {gained(cost.changes[FROZEN][0])}"
    held = cost.changes.get(HELD)
    more = "" if held is None else f"; held at its gates from before, it {gained(held[0])}"
    if cost.must_answer:
        return (
            f"{frozen}{more}. Whatever gates it is given, if they do not answer to this light, "
            "they cost."
        )
    return f"{frozen}{more}."


def gained(change: float) -> str:
    """`loses **5.9 points**`, of the pictures."""
    points = round(100 * change, 1)
    return f"{'gains' if points > 0 else 'loses'} **{abs(points):.1f} points**"


def need(found: Need) -> str:
    """Whether one light needs gates that adapt, with the numbers that decide; no full stop."""
    if found.told_by_few:
        return "too few pictures to tell"
    low, high = (f"{_points(end):+.1f}".replace("-", "−") for end in (found.high, found.low))
    side = "more" if found.beyond < 0 else "less"
    (here, now), (clean, before) = (costs(one).split() for one in (found.change, found.clean))
    beside = f"points, where it {clean} {before} on clean pictures"
    return (
        f"freezing {here} {now} {f'instead of {before} points' if here == clean else beside}, "
        f"**{100 * abs(found.beyond):.1f} {side}** (95% from {low} to {high})"
    )


def costs(change: float) -> str:
    """`costs 24.4`, `gains 0.3`."""
    points = _points(change)
    return f"costs {points:.1f}" if points >= 0 else f"gains {-points:.1f}"


def _points(change: float) -> float:
    """A loss in points, with one decimal and no -0."""
    return round(-100 * change, 1) + 0.0


def whom_gates_follow(found: EarlyAndLate) -> str:
    """Whether early gates answer to the light and late ones to the class."""
    (common_first, common_last), (class_first, class_last) = found.common, found.classes
    said = {
        (True, True): "Early gates answer to the light, late gates more to the class",
        (True, False): "Early gates answer to the light more alike than late ones, but late gates "
        "follow the class no more than early ones",
        (False, True): "Late gates follow the class more than early ones, but early gates answer "
        "to the light no more alike than late ones",
        (False, False): "Neither do early gates answer to the light more alike than late ones, nor "
        "do late gates follow the class more",
    }[found.light_first, found.class_last]
    return (
        f"**{said}.** In {found.first}, **{common_first:.1%}** of how gates move is common to all "
        f"pictures and {class_first:.1%} of their clean spread follows the class; in {found.last}, "
        f"{common_last:.1%} and **{class_last:.1%}** (means over blocks)."
    )


def steadies(found: Steadied) -> str:
    """Whether adapting gates steady the signal."""
    less, more, below = (len(names) for names in (found.less, found.more, found.below))
    rest = found.blocks - less - more
    undecided = f", and in {rest} the interval holds both" if rest else ""
    return (
        f"In **{less}** of {found.blocks} blocks X surely changes less with gates that adapt than "
        f"with the clean picture's gates, in **{more}** more{undecided}. X changes less than U in "
        f"{below} of {found.blocks}, by the means."
    )


def carry_the_class(found: Carried) -> str:
    """What gates alone say of a picture that shows nothing."""
    ends = f"{found.low:.1%} to {found.high:.1%}"
    said = "**Gates alone know the class.** " if found.holds else ""
    said += (
        f"Of pictures that show nothing but grey, **{found.right:.1%}** (95% from {ends}) are "
        f"right with the gates of the picture that was there; always naming one class gives "
        f"{found.chance:.1%}."
    )
    if found.taken is None:
        return said
    taken, low, high = found.taken
    return (
        f"{said} With another class's gates, **{taken:.1%}** ({low:.1%} to {high:.1%}) are taken "
        "for that class."
    )


def astray(light: Light, right: float, taken: tuple[float, float, float]) -> str:
    """What another class's gates do to pictures that still show something."""
    share, low, high = taken
    return (
        f"At {light}, another class's gates leave **{right:.1%}** right, and **{share:.1%}** "
        f"({low:.1%} to {high:.1%}) are taken for the gates' class."
    )
