"""Colours of classes: safe for colour-blind readers, on white and on dark pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile

from se_viz.analysis.profiles.groups import ALL, shown

# Okabe and Ito (2008) without black and yellow, which vanish on dark and on white pages; then
# colours far from those before them under normal, deuteranope and protanope vision.
COLOURS = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#56B4E9",
    "#CC79A7",
    "#4438F8",
    "#A4382C",
    "#14C868",
    "#745074",
    "#5C74F8",
    "#F87450",
    "#C8A4A4",
    "#145CBC",
    "#E0145C",
    "#14BCC8",
    "#2C6850",
    "#A42C98",
    "#C8A444",
    "#8CBC68",
    "#C81414",
    "#6898F8",
    "#147438",
    "#8C6C14",
)
GREY = "#808080"
MARK = COLOURS[5]
"""Of channels that somebody chose to look at."""
SIDES = ("#B030E0", "#50A000")
"""Of two networks: far from every class's colour, and from each other for colour-blind readers."""
DASHES = (("solid", "3px,2px"), ("8px,3px", "8px,2px,2px,2px"), ("14px,4px", "14px,3px,2px,3px"))


def class_colours(classes: Iterable[str], drawn: Iterable[str] = ()) -> dict[str, str]:
    """A colour for each class by its place in the list, and grey for "all".

    Args:
        classes: every class known, in a fixed order, so that a class keeps its colour whichever
            of them are shown. Beyond 24, colours come again, with another dash.
        drawn: the classes to tell apart, where there are many. One whose colour an earlier one of
            them has takes the first that none has.
    """
    names = [shown(name) for name in dict.fromkeys(classes)]
    usual = {name: COLOURS[place % len(COLOURS)] for place, name in enumerate(names)}
    first: dict[str, str] = {}
    for name in map(shown, drawn):
        if name in usual and name not in first:
            first[name] = _free(usual[name], list(first.values()))
    return {ALL: GREY} | first | {name: usual[name] for name in names if name not in first}


def _free(wanted: str, taken: list[str]) -> str:
    fewest = min(map(taken.count, COLOURS))
    if taken.count(wanted) == fewest:
        return wanted
    return next(colour for colour in COLOURS if taken.count(colour) == fewest)


def colour_of(colours: Mapping[str, str], name: str) -> str:
    """A class's colour, grey where the mapping lacks it."""
    return colours.get(name, GREY)


def dash_of(colours: Mapping[str, str], name: str, group: int) -> str:
    """Line dash of a class in the first (0) or second (1) group."""
    earlier = takewhile(lambda known: known != name, colours if name in colours else ())
    again = sum(colours[known] == colours[name] for known in earlier)
    return DASHES[again % len(DASHES)][min(group, 1)]


def tint(colour: str, share: float) -> str:
    """Write "#RRGGBB", so much of it over white, as an opaque rgb(): words on it can be read on any
    page."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    red, green, blue = (round(255 + share * (part - 255)) for part in parts)
    return f"rgb({red},{green},{blue})"


def translucent(colour: str, opacity: float) -> str:
    """Write "#RRGGBB" as an rgba() with an opacity in [0, 1]."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"
