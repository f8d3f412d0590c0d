"""Sentences for people, of which pages are made."""

from __future__ import annotations

DRAWN_CHANNEL = "Add pictures of your own at the side to see which of them open it."
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
