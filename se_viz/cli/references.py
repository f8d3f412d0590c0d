"""What gates are set to from elsewhere: means of a class profile, gates of another picture."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from se_viz import profiles
from se_viz.analysis.profiles.groups import Group, guesses
from se_viz.cli import kinds, pictures
from se_viz.cli.network import EXACT
from se_viz.interventions.base import Replacements
from se_viz.interventions.options import Means, OtherPicture
from se_viz.nets import builtin
from se_viz.pictures import Picture, PictureError, Remark, Skipped, Source, gather_paths, load_one
from se_viz.pictures.options import ALL, PictureOptions

if TYPE_CHECKING:
    from se_viz.probe.probe import Probe


@dataclass(frozen=True, eq=False)
class Beside:
    """What an intervention takes, as far as its way needs it.

    Attributes:
        means: the class profile whose means gates are set to.
        like: the picture whose gates are used.
    """

    means: Group | None
    like: Picture | None

    def replacements(self, probe: Probe) -> Replacements:
        """What gates may be replaced by."""
        if self.like is None:
            return Replacements(self.means)
        gates = probe.read(self.like.model_input[None]).gates
        return Replacements(self.means, {name: values[0] for name, values in gates.items()})

    def settings(self) -> dict[str, Any]:
        """The picture, for the manifest."""
        if self.like is None:
            return {}
        return {"like": {"name": self.like.name, "sha256": self.like.file}}


def beside_of(choice: argparse.Namespace, probe: Probe) -> Beside:
    """What is taken from elsewhere; what is to be known of the picture is said.

    Raises:
        ValueError: where a profile is of another network, or there is none, or the picture cannot
            be read, or is not one; a sentence for people.
    """
    kind = kinds.made(choice)
    means = means_of(choice, probe) if choice.sweep or kind.needs(Means) else None
    return Beside(means, _like(choice, probe) if kind.needs(OtherPicture) else None)


def means_of(choice: argparse.Namespace, probe: Probe) -> Group:
    """The class profile that was given, or the shipped one where it is of this network.

    Raises:
        ValueError: where a profile is of another network, or there is none; a sentence for people.
    """
    if choice.profile:
        from se_viz.engines.origins import refuse_other

        found = profiles.load(choice.profile)
        refuse_other(found, probe)
        return Group(f"{choice.profile.name}{guesses(found)}", found)
    as_shipped = probe.network.preprocessing == builtin.PREPROCESSING
    exact = probe.runtime.precision == EXACT
    if choice.model == builtin.NAME and as_shipped and exact:
        return Group(builtin.SPLIT, profiles.load(builtin.PROFILE))
    so = "" if exact else f" in {probe.runtime.precision}"
    so += "" if as_shipped else " for pictures that are prepared in this way"
    raise ValueError(
        f"{choice.model} has no class profile of its own{so}: make one with `python -m se_viz "
        f"profile FOLDER --model {choice.model} --out profile.npz` and the same options of the "
        "network, and give it as --profile."
    )


def _like(choice: argparse.Namespace, probe: Probe) -> Picture:
    source = _one(choice.like, replace(pictures.options_of(choice), pages=ALL))
    try:
        picture = load_one(source, probe.network.preprocessing, thumbnails=False)
    except PictureError as error:
        raise ValueError(str(error)) from error
    pictures.say([], picture.remarks)
    return picture


def _one(path: Path, options: PictureOptions) -> Source:
    """The one picture in a file."""
    found = [item for item in gather_paths([path], options=options) if not isinstance(item, Remark)]
    if len(found) != 1:
        raise ValueError(f"{path} holds {len(found):,} pictures, and --like takes one.")
    if isinstance(found[0], Skipped):
        raise ValueError(found[0].reason)
    return found[0]
