"""Which pixels a network expects, judged by what it does to them, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from se_viz.nets.network import Grounds, Network
from se_viz.nets.pixel_options import PIXELS, with_pixels
from se_viz.probe.graph import Graph, Node
from se_viz.probe.inputs.scaling import Scaling, UnclearError, Values, read

USED = ((0, 1, 0.01), (-1, 1, 0.01), (0, 255, 0.1))
"""Ranges into which networks bring their pixels, and how near is near: some divide by 256."""
STANDARDISED = {
    "0..255": ((0.5, 12), (-0.1, 1.1)),
    "0..1": ((2.6, 12), (0.1, 0.9)),
    "-1..1": ((1.8, 12), (0.1, 0.495)),
}
"""From a range of pixels to one around 0: least and most width of the result, and where in it 0
lies. Pixels of 0..1 that are standardised get a mean between 0 and 1 and a standard deviation
under 0.5, as a rule under 0.38; what could also be pixels of -1..1 is left open."""
CENTRED = {"0..255": (255,), "0..1": (1, 255), "-1..1": (255,)}
"""The widths where a mean is taken off and nothing else is done."""
INSIDE, NEAR = (0.1, 0.9), 0.02
MOST_NAMED = 3


def settled(network: Network, graph: Graph, values: Values) -> Network:
    """A network with the pixels that it expects, as far as its structure tells, and with the
    reason; what was published or said stays.

    graph, values: of the network, see `scaling.read`.
    """
    kind = network.grounds.kind
    if kind not in ("usual", "said"):
        return network
    pixels, why = _judge(graph, values, network.preprocessing.size)
    if kind == "said":
        return _as_said(network, pixels)
    if pixels is None:
        return replace(network, grounds=Grounds("guess", _guess(why)))
    preprocessing = with_pixels(network.preprocessing, pixels)
    return replace(network, preprocessing=preprocessing, grounds=Grounds("read", why))


def expected(found: Scaling) -> str | None:
    """The one of `PIXELS` for which a network's scaling makes sense; None where none stands out.

    Pixels that come to the first weights as they are tell nothing, since all ranges do.
    """
    if found.changes_nothing:
        return None
    for pixels in PIXELS:
        if any(_is_range(*found.ends(pixels), *used) for used in USED):
            return pixels
    return next((pixels for pixels in STANDARDISED if _is_around_zero(found, pixels)), None)


def _is_range(low: np.ndarray, high: np.ndarray, least: float, most: float, near: float) -> bool:
    return bool((np.abs([low - least, high - most]) <= near).all())


def _is_around_zero(found: Scaling, pixels: str) -> bool:
    low, high = found.ends(pixels)
    width = high - low
    zero = -low / width
    widths, places = STANDARDISED[pixels]
    if _all_between(width, widths) and _all_between(zero, places):
        return True
    centred = any((np.abs(width - w) <= NEAR * w).all() for w in CENTRED[pixels])
    return centred and _all_between(zero, INSIDE)


def _all_between(values: np.ndarray, bounds: tuple[float, float]) -> bool:
    return bool(((bounds[0] <= values) & (values <= bounds[1])).all())


def _judge(graph: Graph, values: Values, size: int) -> tuple[str | None, str]:
    """One of `PIXELS`, or None, and why."""
    try:
        found = read(graph, values, size)
    except UnclearError as error:
        return None, str(error)
    pixels = expected(found)
    return pixels, _why_unclear(found) if pixels is None else _because(found, pixels)


def _because(found: Scaling, pixels: str) -> str:
    return (
        f"It gets {pixels}, because its first steps ({_names(found.steps)}) turn that into "
        f"{_range(found, pixels)}."
    )


def _why_unclear(found: Scaling) -> str:
    first = found.takers[0].path
    if not found.changes_nothing:
        return (
            f"its first steps ({_names(found.steps)}) turn pixels of 0..255 into "
            f"{_range(found, '0..255')} and of 0..1 into {_range(found, '0..1')}, and neither is "
            "usual"
        )
    if any(node.normalises for node in found.takers):
        return f"{first} normalises its pixels, and any scaling may be folded into it"
    return f"it hands its pixels to {first} as they come, which tells nothing of their range"


def _guess(why: str) -> str:
    return (
        f"A GUESS: it gets ImageNet's mean and standard deviation, as most networks want, but {why}"
        ". If the guess is wrong, so are its gates."
    )


def _as_said(network: Network, pixels: str | None) -> Network:
    given = network.preprocessing
    if pixels is None or with_pixels(given, pixels) == given:
        return network
    text = f"{network.grounds.text} Its first steps look made for {pixels}, though."
    return replace(network, grounds=Grounds("said", text))


def _names(steps: Sequence[Node]) -> str:
    more = len(steps) - MOST_NAMED
    named = ", ".join(node.path for node in steps[:MOST_NAMED])
    return f"{named} and {more} more" if more > 0 else named


def _range(found: Scaling, pixels: str) -> str:
    low, high = found.ends(pixels)
    return " to ".join(f"{round(float(x), 2) + 0:g}" for x in (low.min(), high.max()))
