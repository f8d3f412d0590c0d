"""The page about shifts of light, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from se_viz.experiments.shifts.findings import LITTLE, LOST, UNSEEN
from se_viz.pictures.shifts import KINDS, NOTHING, Light
from se_viz.ui.sentences.common import counted

ASKED = "When does adapting matter?"
NO_CLASSES = (
    "Whether gates have to adapt shows in what the network takes pictures for, and this network "
    "says no classes. Its gates can be looked at on the other pages; if its highest score stands "
    "for its choice, say on the page The network that its output is logits."
)
NOT_YET = (
    "Nothing was measured with this network yet. Add pictures at the side, and measure on them "
    "below: those whose class the network knows count by it, others by what the network itself "
    "took them for before their light changed."
)
MEASURE_FIRST = (
    "Nothing was measured with this network yet. Your pictures can be measured on below."
)
UNDER_HEADER = (
    "The same pictures lose contrast, light or sharpness step by step; the gates adapt, or do not."
)
NEEDED = {
    True: ":orange-badge[needs gates that adapt]",
    False: ":gray-badge[does not need them]",
    None: ":gray-badge[undecided]",
}
DECIDED_BY = (
    "A shift needs gates that adapt where freezing all of them surely costs more than it costs on "
    "pictures as they are: where the 95% interval leaves out zero. It does not where the interval "
    f"stays under {100 * LITTLE:.0f} points, which is our threshold. Few pictures decide nothing: "
    f"that takes {LOST} that are lost, or {UNSEEN / LITTLE:.0f} of which none is."
)
WHERE = "One part of the network alone with gates that do not adapt, all others as they are."
HOW = "What moves gates when the light changes, and what tells clean pictures' gates apart."
STEADY = (
    "Squeeze-and-excitation could keep the signal steady when the light changes, as normalisation "
    "does. It compares the means over positions, z before the gates and s z after them."
)
WHOSE = (
    "Every picture is given, in all blocks, gates that are not its own, on pictures as they are, "
    "shifted, and on a plain grey that shows nothing."
)
SURE = "Confidence is not accuracy: does the network know when it is wrong?"
NO_MOVES = "How far gates move was not measured in this light."
NO_OTHER_CLASS = (
    "All of these pictures are of one class, so gates of another class were not to be had."
)
ONLY_STAGES = (
    "What ships was measured by stage only. For single blocks, measure on pictures of your own, "
    "below."
)
AGREEMENT = (
    "Nobody gave these pictures classes that the network knows, so *right* here means that the "
    "network says what it said of the picture before its light changed: **agreement with itself**, "
    "not accuracy."
)
OWN = "On your own pictures"
ADD_PICTURES = "Add pictures at the side, and this page measures on them."
STOP = "Stop"
FIRST_FOUR = "contrast, light, blur and noise"
SHOWN = ("Contrast, light, blur, noise", "The others", "All")
SOURCES = ("Validation set", "Your pictures")
PARTS = "stages or parts"
PLACES = (PARTS, "single blocks")
MEASURE_BLOCKS = "Single blocks are measured on demand, below: On your own pictures."


def kind_named(kind: str) -> str:
    """A kind of shift in a list to choose from."""
    return KINDS[kind].title if kind else FIRST_FOUR


def on_validation_set(pictures: int) -> str:
    """Where numbers come from."""
    return f"measured on the built-in validation set, {pictures:,} pictures"


def on_yours(counted_as: str, frozen_at: str) -> str:
    """Where numbers come from; `counted_as` says of which pictures."""
    return f"{counted_as}; frozen at {frozen_at}"


def agreement_of(pictures: int) -> str:
    """Where numbers come from that are no accuracy."""
    return (
        f"agreement with the network's own predictions before the shift, on "
        f"{counted(pictures, 'picture')} of yours"
    )


def in_light(source: str, light: Light) -> str:
    """Where numbers in one light come from."""
    return f"{source}; {light}, seed {light.seed}"


def needs_line(light: Light, badge: str, decides: str, pictures: int) -> str:
    """One line of a list: whether a light needs gates that adapt."""
    return f"- **{light_titled(light)}** {badge} {decides}; n = {pictures:,}"


def light_titled(light: Light) -> str:
    """A light as a title."""
    if light == NOTHING:
        return "Plain grey"
    return f"{KINDS[light.kind].title} {light.strength:g}" if light.kind else "As they are"


def base(share: float, measure: str) -> str:
    """What gates that adapt reach, on an axis."""
    return f"{100 * share:.1f}% {'right' if measure == 'accuracy' else 'agreement'}"


def evenly(taken: int, of: int) -> str:
    """That so many pictures stand for all."""
    return f"{taken:,} of your {of:,} pictures are taken, evenly spaced."


def measure(pictures: int, what: str) -> str:
    """A button."""
    return f"Measure {what} on {counted(pictures, 'picture')} of yours"


def go_on(done: int, of: int) -> str:
    """A button, after a stop."""
    return f"Go on: {done} of {of} lights are measured"


def blocks_on(pictures: int, light: Light) -> str:
    """A button."""
    return f"Block by block at {light}, on {counted(pictures, 'picture')} of yours"


def reading(done: int, of: int) -> str:
    """While pictures are read anew."""
    return f"Reading pictures: {done:,} of {of:,}"


def measuring(light: Light, place: int, of: int, left: float | None) -> str:
    """While lights are measured; `left` is seconds, None where nobody knows yet."""
    said = f"Measuring {light}: light {place} of {of}"
    if left is None:
        return said
    return f"{said}, about {_time(left)} left"


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    return counted(minutes, "minute") if minutes else "less than a minute"


def all_measured(lights: int) -> str:
    return f"All {lights} lights of this choice are measured; they show above."


def calibration(errors: Mapping[str, Mapping[str, float]]) -> str:
    """Expected calibration errors: title of a light -> name of gates -> error, in [0, 1]."""
    said = [
        f"{title}: " + ", ".join(f"{name} **{100 * error:.1f}**" for name, error in found.items())
        for title, found in errors.items()
    ]
    return f"Expected calibration error, in points (15 bins). {'. '.join(said)}."


def how_made(record: Mapping[str, Any]) -> str:
    """How the shipped record was made."""
    return (
        f"{record['pictures']:,} pictures ({record['files']}), each shown in every light and given "
        f"every kind of gates. Frozen at {record['frozen_at']}. It took "
        f"{record['seconds'] / 60:.0f} minutes on {record['device']}. Again:"
    )


NOT_IN_THE_PAPER = "What the paper did not ask: when the light changes"
_ANSWERS = {
    True: ":green-badge[yes]",
    False: ":orange-badge[no]",
    None: ":gray-badge[cannot be asked]",
}


def question(text: str, holds: bool | None) -> str:
    """A question asked of the weights, with its answer in a word."""
    return f"**{text}** {_ANSWERS[holds]}"


def decides(meaning: str, threshold: str) -> str:
    """The number that decides on an answer."""
    return f"Decides: {meaning}; yes if {threshold} (our threshold)."
