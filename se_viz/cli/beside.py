"""What gates are set to from elsewhere: means of a class profile, gates of another picture."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from se_viz import profile
from se_viz.analysis.groups import Group, guesses
from se_viz.analysis.interventions import Intervention
from se_viz.cli import pictures
from se_viz.nets import builtin
from se_viz.pictures import PictureError, Remark, Skipped, Source, gather_paths, load_one
from se_viz.pictures.options import ALL, PictureOptions

if TYPE_CHECKING:
    from se_viz.probe.probe import Probe


def means_of(choice: argparse.Namespace, probe: Probe, wanted: Intervention) -> Group | None:
    """The class profile that is given, or the one that ships; None where none is needed.

    Raises:
        ValueError: where it is of another network, or none is there and the way takes one.
    """
    if choice.profile:
        from se_viz.engines.local import refuse_other

        found = profile.load(choice.profile)
        refuse_other(found, probe)
        return Group(f"{choice.profile.name}{guesses(found)}", found)
    as_shipped = probe.network.preprocessing == builtin.PREPROCESSING
    if choice.model == builtin.NAME and as_shipped:
        return Group(builtin.SPLIT, profile.load(builtin.PROFILE))
    if wanted.how in ("freeze", "class"):
        so = "" if as_shipped else " for pictures that are prepared in this way"
        raise ValueError(
            f"{choice.model} has no class profile of its own{so}: make one with `python -m se_viz "
            f"profile FOLDER --model {choice.model} --out profile.npz` and the same options of the "
            "network, and give it as --profile."
        )
    return None


def like_of(choice: argparse.Namespace, probe: Probe) -> dict[str, np.ndarray] | None:
    """The gates of the picture of `--like`, by block; what is to be known of it is said.

    Raises:
        ValueError: where it cannot be read, or is not one; a sentence for people.
    """
    if choice.do != "picture":
        return None
    source = _one(choice.like, replace(pictures.options_of(choice), pages=ALL))
    try:
        picture = load_one(source, probe.network.preprocessing, thumbnails=False)
    except PictureError as error:
        raise ValueError(str(error)) from error
    pictures.say([], picture.remarks)
    return {name: values[0] for name, values in probe.read(picture.view[None]).gates.items()}


def _one(path: Path, options: PictureOptions) -> Source:
    """The one picture in a file."""
    found = [item for item in gather_paths([path], options=options) if not isinstance(item, Remark)]
    if len(found) != 1:
        raise ValueError(f"{path} holds {len(found):,} pictures, and --like takes one.")
    if isinstance(found[0], Skipped):
        raise ValueError(found[0].reason)
    return found[0]
