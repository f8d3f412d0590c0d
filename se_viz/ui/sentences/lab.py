"""The lab in words: many pictures, how many are right, and one of them."""

from __future__ import annotations

from collections.abc import Sequence

from se_viz.experiments.wall import BROKEN, MENDED, MOVED, RIGHT, SAME, WRONG, Wall
from se_viz.interventions.blend import Blend
from se_viz.interventions.bypass import Bypass
from se_viz.interventions.constant import Constant
from se_viz.interventions.intervention import Intervention
from se_viz.interventions.mean_ablation import MeanAblation
from se_viz.ui.sentences.common import counted, percent

ASKED = "What happens when the gates are changed?"
LEARNED = "Every gate is as the network computes it."
SHUT = "Every gate is 0: every channel is shut. The weights stay as they are."
ONE = "One picture"
CONFIDENCE = (
    "More confident is not more often right: with gates changed, one picture's probability can "
    "rise while the network gets fewer pictures right."
)
KEY = (
    "Orange: was right, and is now taken for what stands under it. Blue: now right. Grey: changed, "
    "and right neither before nor now, or nobody said its class. Pale: as before. Click a picture "
    "for its probabilities below."
)
WILSON = "95% intervals (Wilson)."
NAMED = 5
"""Pictures that a sentence names."""
_STATES = {
    BROKEN: "was right, now {after}",
    MOVED: "was {before}, now {after}",
    MENDED: "now right, was {before}",
    WRONG: "wrong as before: {after}",
    RIGHT: "right as before",
    SAME: "{after}, as before",
}
_WHOLE = {Bypass(): "Without its gates", MeanAblation(): "With every gate frozen at its mean"}


def title(wanted: Intervention, found: Wall) -> str:
    """The result, as a heading."""
    changed, pictures = found.changed, len(found.table)
    if as_learned(wanted):
        return _learned(found)
    kind = at_the_end(wanted)
    said = f"With {wanted.describe()}"
    if wanted.selection.describe() == "all blocks" and kind in _WHOLE:
        said = _WHOLE[kind]
    return f"{said}, the network changes its mind on {changed:,} of {counted(pictures, 'picture')}"


def _learned(found: Wall) -> str:
    if found.before is None:
        return f"As learned: what the network takes {counted(len(found.table), 'picture')} for"
    right, known = found.before.right, counted(found.before.pictures, "picture")
    return f"As learned, the network gets {right:,} of {known} right"


def as_learned(wanted: Intervention) -> bool:
    """Whether nothing is changed yet."""
    return isinstance(wanted.kind, Blend) and wanted.kind.value == 0


def at_the_end(wanted: Intervention):
    """The kind; of one that is part of the way and there, what is at its end."""
    kind = wanted.kind
    return kind.goal if isinstance(kind, Blend) and kind.value == 1 else kind


def why(wanted: Intervention) -> str:
    """What is done to the gates, a sentence."""
    kind = at_the_end(wanted)
    if isinstance(kind, Blend) and kind.value:
        end = "its mean over all classes" if kind.end == "mean" else kind.end
        return f"Every gate is {kind.way} from what the network computes to {end}."
    return LEARNED if as_learned(wanted) else SHUT if kind == Constant(0.0) else kind.why


def card(name: str, label: str, before: str, after: str, state: str) -> str:
    """One picture of the wall."""
    said = _STATES[state].format(before=before, after=after)
    return f"{name} ({label}): {said}" if label else f"{name}: {said}"


def wall(pictures: int) -> str:
    """For screen readers."""
    return f"{counted(pictures, 'picture')}, those that changed first"


def under(state: str, after: str) -> str:
    """What stands under a picture of the wall."""
    if state == WRONG:
        return f"still {after}"
    return "" if state in (RIGHT, SAME) else after


def accuracy_on(pictures: int, whole: int) -> str:
    """A heading."""
    some = "" if pictures == whole else f" of {whole:,}"
    return f"Accuracy on these {pictures:,}{some}"


def right_of(right: int, pictures: int) -> str:
    return f"{right:,} of {pictures:,} right"


def on_validation_set(pictures: int, before: float, after: float) -> str:
    """What the shipped sweep measured of the same."""
    return (
        f"On all {pictures:,} validation pictures: **{percent(before)} → {percent(after)}**, "
        "by the sweep that ships."
    )


def only_whole(pictures: int, before: float, after: float) -> str:
    """What the shipped sweep measured that comes nearest."""
    return (
        f"Not measured on the {pictures:,} validation pictures in this form. There, with all "
        f"gates 1: {percent(before)} → {percent(after)}."
    )


def evenly(shown: int, whole: int) -> str:
    """That not all of one's own stand on the wall."""
    return f"Of your {whole:,} pictures, {shown:,} stand here, evenly spaced by their order."


def not_counted(pictures: Sequence[tuple[str, str]]) -> str:
    """Pictures that count for no accuracy, each with its class, "" for none of its own."""
    named = [f"{name} ({label or 'no class of its own'})" for name, label in pictures[:NAMED]]
    more = len(pictures) - NAMED
    named += [f"{more:,} more"] if more > 0 else []
    return f"Left out of the accuracy, as their class is none of this network: {', '.join(named)}."


def unreadable(names: Sequence[str]) -> str:
    """Pictures whose files are gone."""
    return f"Left out, as their files could not be read any more: {', '.join(names)}."
