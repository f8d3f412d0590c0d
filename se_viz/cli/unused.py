"""Options that the rest of a command line leaves without use: refused, never dropped."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

FOR = {
    "value": ("constant", "scale"),
    "class": ("class",),
    "like": ("picture",),
    "seed": ("shuffle",),
    "profile": ("freeze", "class"),
}
"""For which ways to take gates in hand an option is."""
SETTINGS = ("value", "class", "seed")
"""Of these, the ones that are plain values."""
IN_SWEEP = ("profile",)


def refuse_unused(choice: argparse.Namespace, defaults: Mapping[str, object]) -> None:
    """Raises ValueError for an option of `intervene` that is given and would have no use.

    defaults: what options that are not given, None, stand for.
    """
    given = [name for name in ("at", "do", *FOR) if _of(choice, name) is not None]
    if choice.sweep:
        idle = [name for name in given if name not in IN_SWEEP]
        reason = "--sweep bypasses and freezes each block in turn"
    else:
        do = choice.do or defaults["do"]
        idle = [name for name in given if do not in FOR.get(name, (do,))]
        reason = f"--do is {do}"
    if idle:
        raise ValueError(f"--{idle[0]} has no use here, as {reason}: leave it out.")


def filled(choice: argparse.Namespace, defaults: Mapping[str, object]) -> argparse.Namespace:
    """The same with defaults where nothing was given."""
    absent = {name: value for name, value in defaults.items() if getattr(choice, name) is None}
    return argparse.Namespace(**vars(choice) | absent)


def settings_of(choice: argparse.Namespace) -> dict[str, object]:
    """What `intervene` does, for the manifest: of a command line that is `filled`."""
    files = {"profile": choice.profile.name} if choice.profile else {}
    folders = {"folders": choice.folders} if choice.folders else {}
    if choice.sweep:
        return {"sweep": True} | files | folders
    used = {name: _of(choice, name) for name in SETTINGS if choice.do in FOR[name]}
    return {"do": choice.do, "at": list(choice.at)} | used | files | folders


def _of(choice: argparse.Namespace, name: str) -> object:
    return getattr(choice, "name" if name == "class" else name)
