"""Options that the rest of a command line leaves without use: refused, never dropped."""

from __future__ import annotations

import argparse

from se_viz.cli import kinds
from se_viz.interventions.options import Means

IN_SWEEP = ("profile",)


def refuse_unused(choice: argparse.Namespace) -> None:
    """Raises ValueError for an option of `intervene` that is given and would have no use."""
    takers = kinds.takers()
    given = [name for name in ("at", "do", *takers) if kinds.given(choice, name) is not None]
    if choice.sweep:
        idle = [name for name in given if name not in IN_SWEEP]
        reason = "--sweep bypasses and freezes each block in turn"
    else:
        do = choice.do or kinds.USUAL
        idle = [name for name in given if do not in takers.get(name, (do,))]
        reason = f"--do is {do}"
        if choice.profile and not idle and not kinds.made(filled(choice)).needs(Means):
            idle, reason = ["profile"], "--end is not mean"
    if idle:
        raise ValueError(f"--{idle[0]} has no use here, as {reason}: leave it out.")


def filled(choice: argparse.Namespace) -> argparse.Namespace:
    """The same with defaults where nothing was given."""
    usual = kinds.defaults()
    absent = {name: value for name, value in usual.items() if getattr(choice, name) is None}
    return argparse.Namespace(**vars(choice) | absent)


def settings_of(choice: argparse.Namespace) -> dict[str, object]:
    """What `intervene` does, for the manifest: of a command line that is `filled`."""
    files = {"profile": choice.profile.name} if choice.profile else {}
    folders = {"folders": choice.folders} if choice.folders else {}
    if choice.sweep:
        return {"sweep": True} | files | folders
    used = kinds.plain_values(choice)
    return {"do": choice.do, "at": list(choice.at)} | used | files | folders
