"""The network of the pages in words: its blocks, its origin, its making, and the zoo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from se_viz.nets.entry import Entry
from se_viz.nets.network import Network
from se_viz.nets.replication_family import FAMILY
from se_viz.ui.sentences.common import classes, counted
from se_viz.ui.sentences.labels import licensed


def blocks(number: int, gates: int, weights: int) -> str:
    return (
        f"**{number}** SE blocks with **{gates:,}** gates, made by **{weights:,}** weights "
        "(biases not counted). "
        "Each bar is a block; the dark bar within it is the narrowest layer that all its channels "
        "pass on their way to the gates."
    )


def own_file(network: Network) -> str:
    return (
        f"Your own file. Pictures: {network.preprocessing.describe()}. "
        f"SHA-256 of the file: `{network.fingerprint}`."
    )


def origin(entry: Entry) -> str:
    return licensed(f"{entry.origin} [More]({entry.url}).", entry.licence)


def accuracy(entry: Entry) -> str:
    """How good its makers say it is."""
    if entry.top1 is None:
        return f"Accuracy: {entry.accuracy_source}."
    top5 = "" if entry.top5 is None else f", top-5 {entry.top5:.1f}%"
    return f"Top-1 **{entry.top1:.1f}%**{top5}: {entry.accuracy_source}."


def weights(entry: Entry, fingerprint: str) -> str:
    return (
        f"{entry.parameters:,} weights. Pictures: {entry.preprocessing.describe()}. "
        f"SHA-256 of the weights: `{fingerprint}`."
    )


def run_by(runtime: str, precision: str) -> str:
    """What computes the gates."""
    if runtime == "TensorFlow":
        return (
            f"TensorFlow runs it, in {precision}: OpenVINO, which is faster, is not installed "
            "here, or does not take this network."
        )
    return f"{runtime} runs it, in {precision}."


def shipped_check(record: Mapping[str, Any]) -> str:
    """What the self-check said when the weights were shipped."""
    return (
        f"When the weights were shipped, every gate of {record['pictures']} validation "
        f"pictures recomputed in NumPy from its squeeze differed from the one read by at most "
        f"**{record['largest_difference']:.1e}** (limit 1e-5)."
    )


def right_on(measured: Mapping[str, Any]) -> str:
    return f"It is right on {measured['top1']:.1f}% of pictures"


def measured_how(record: Mapping[str, Any]) -> str:
    """What the built-in network is and what it was measured on, of its provenance."""
    measured = record["measured"]
    return (
        f"**{record['network']}**: {record['parameters'] / 1e6:.2f} million weights, trained from "
        f"scratch. Measured on the {measured['pictures']:,} pictures of Imagenette's validation "
        f"set, {measured['view']}. Below, which class was taken for which."
    )


def trained_how(training: Mapping[str, Any]) -> str:
    return (
        f"{training['epochs_done']} epochs on {training['training_pictures']:,} training pictures, "
        f"{training['training_seconds'] / 60:.0f} minutes on {training['device']}. The weights "
        f"ship in half precision and are measured as shipped."
    )


def in_list(entry: Entry | None, title: str, local: bool) -> str:
    """A network in the list to choose from; a person's own has no entry."""
    if entry is None:
        return f"{title} (your own)"
    top1 = "" if entry.top1 is None else f", top-1 {entry.top1:.1f}%"
    place = "" if local else f", {megabytes(entry)} to fetch"
    group = f"{FAMILY}: " if entry.family == FAMILY else ""
    return f"{group}{entry.title} ({entry.classes:,} classes{top1}{place})"


def megabytes(entry: Entry | None) -> str:
    return f"{entry.size / 1e6:,.0f} MB" if entry else ""


def use_it(entry: Entry | None, local: bool) -> str:
    return "Use it" if local else f"Fetch {megabytes(entry)} and use it"


def place(held: bool, local: bool) -> str:
    """Where a network is."""
    return "in memory" if held else "on this machine" if local else "to be fetched"


def profile_in_use(title: str, number: int) -> str:
    return f"In use: **{title}** in {classes(number)}."


def guesses_stand_in(number: int) -> str:
    """That so many pictures of a profile to be made have no class but a guess."""
    return (
        f"No folder names the classes of {counted(number, 'picture')}: there the network's own "
        "guess stands in, so a profile of them is one of what it takes pictures for, and says so."
    )


def make_profile(pictures: int) -> str:
    return f"Make {counted(pictures, 'picture')} the profile" if pictures else "Make a profile"


def profile_of(whose: str, pictures: int, guesses: str) -> str:
    """The title of a profile; `guesses` says how many classes are guesses, or nothing."""
    return f"{whose}, {counted(pictures, 'picture')}{guesses}"


def cannot_be_used(file: str, why: object) -> str:
    return f"{file} cannot be used. {why}"


def other_weights(meant: str, here: str) -> str:
    """Of a link that was made with other weights, named by the first digits of their SHA-256."""
    if not meant:
        return (
            f"This link was made before links named their weights (here {here}): it may mean "
            "another network, whose numbers differ from these."
        )
    return (
        f"This link was made with other weights ({meant}) than those here ({here}): it means "
        "another network, whose numbers differ from these."
    )
