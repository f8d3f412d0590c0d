"""Numbers in words, and sentences that stand on several pages."""

from __future__ import annotations

FEW_PICTURES = (
    "Intervals say what a change could be on many pictures like these. With fewer than ten of a "
    "class they are wide, wider even than what these few could show."
)
SCORES = (
    "This network gives scores that are no probabilities of classes, so no picture is right or "
    "wrong, and there is no accuracy. If its highest score stands for its choice, say on the page "
    "The network that its output is logits."
)
NO_OUTPUT = (
    "This network is looked at for its gates alone, so there is no output to see a change in. "
    "Another of its results can be chosen on the page The network."
)


def counted(number: int, noun: str, ending: str = "s") -> str:
    """`1 picture`, `2,000 pictures`; `ending` makes the plural."""
    return f"{number:,} {noun}{ending * (number != 1)}"


def classes(number: int) -> str:
    """`1 class`, `3 classes`."""
    return counted(number, "class", "es")


def percent(share: float, decimals: int = 1) -> str:
    """A share from 0 to 1."""
    return f"{100 * share:.{decimals}f}%"


def measured_on(title: str) -> str:
    """Whose numbers a sentence before it gives, with the space between them."""
    return f" Measured on: {title}."


def of_whom(title: str, text: str, several: bool) -> str:
    """A sentence under the title of its group where there are several."""
    return f"{title}: {text}" if several else text
