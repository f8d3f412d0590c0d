"""Gates at the ends of their range, where a sigmoid passes on next to no gradient."""

from __future__ import annotations

from functools import partial

from se_viz.analysis.health.base import Answer, Check, Evidence

MOST = 0.9
OTHER = "Its gates do not come from a sigmoid, which alone has such ends."
OPEN, SHUT = "saturated-open", "saturated-shut"
BECAUSE = (
    "At 0.99 and 0.01 a sigmoid passes on 4% of the gradient that it passes on at 0.5; with nine "
    "of ten gates there, training hardly moves the block any more. Late blocks of sound networks "
    "have half of their gates near 1 (the paper's SE_5_2, the built-in network's SE_5_3)."
)


def ask(evidence: Evidence, slug: str) -> Answer:
    """The share of gates at this end; found where nine tenths are at an end, most at this one."""
    if not evidence.site.by_sigmoid:
        return Answer(None, detail=OTHER)
    counts = evidence.gates.histogram.sum(0)
    whole = max(counts.sum(), 1)
    shares = {OPEN: float(counts[-1] / whole), SHUT: float(counts[0] / whole)}
    here = shares.pop(slug)
    (there,) = shares.values()
    first = here > there or (here == there and slug == OPEN)
    return Answer(here, first and here + there >= MOST, f"at the other end {there:.1%}")


def _check(slug: str, title: str, measure: str, meaning: str) -> Check:
    threshold = f"with those at the other end at least {100 * MOST:.0f}%, most of them here"
    asked = partial(ask, slug=slug)
    return Check(slug, title, measure, threshold, BECAUSE, meaning, asked, share=True)


SATURATED_OPEN = _check(
    OPEN,
    "gates are saturated open",
    "share of gates of 0.99 or more",
    "The block lets everything pass and hardly learns: its biases or squeezes are large. It could "
    "as well be left out, unless the gates that are not open matter.",
)
SATURATED_SHUT = _check(
    SHUT,
    "gates are saturated shut",
    "share of gates below 0.01",
    "The block keeps its channels from what comes after it and hardly learns: its biases or "
    "squeezes are large, or what it scales is not needed.",
)
