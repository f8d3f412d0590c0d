"""Why a network is not shown, or not loaded yet."""

from __future__ import annotations

from se_viz.nets.reasons import reason

PICTURES_STAY = "Your pictures are all here."


def unknown_network(key: str) -> str:
    return (
        f"This link asks for the network {key!r}, which is not known here, so this is the "
        "built-in network."
    )


def not_here_yet(title: str) -> str:
    return (
        f"This link asks for {title}, which is not on this machine yet. Load it on the "
        "page The network; until then, this is the built-in network."
    )


def loading(title: str) -> str:
    return f"Loading {title} (only the first time)"


def fetching(title: str, done: int, whole: int) -> str:
    """done, whole: bytes."""
    return f"Fetching {title}: {done / 1e6:,.0f} of {whole / 1e6:,.0f} MB"


def preparing(title: str) -> str:
    return f"Preparing {title}"


def cannot_be_loaded(title: str, error: Exception) -> str:
    return f"{title} cannot be loaded here: {reason(error)}."


def cannot_be_used(title: str, error: Exception) -> str:
    """Names the network and the reason; errors of ours are sentences that do."""
    text = str(error)
    if isinstance(error, ValueError) and text.endswith(".") and "\n" not in text:
        return text
    return f"{title} cannot be used here: {reason(error)}."


def so_this_is(title: str) -> str:
    """Which network is shown instead."""
    return f"So this is {title}."
