"""Why a network does not run, in words, from whatever a library says about it."""

from __future__ import annotations

import re

LONGEST = 200  # characters
NO_MEMORY = "there is not enough memory for it"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_TOLD = re.compile(r"^\s*[\w.]*(?:Error|Exception): (.+)$")


def reason(error: BaseException) -> str:
    """The true reason of an error, one line without a full stop.

    Libraries put it at different places: in the first line, after a traceback, or below a heading.
    """
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        return NO_MEMORY
    lines = [line for line in _COLOURS.sub("", str(error)).splitlines() if line.strip()]
    said = " ".join(_telling(lines).split())
    short = said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
    return short.rstrip(".:") or type(error).__name__


def _telling(lines: list[str]) -> str:
    """The line that says what went wrong, "" where there is none."""
    first = lines[0] if lines else ""
    if first.startswith("Exception encountered when calling"):
        return " ".join(lines[1:2])
    if first.startswith("Graph execution error"):
        return _NODE.sub("", next((x for x in lines[::-1] if not x.strip().startswith("[[")), ""))
    told = [match[1] for line in lines if (match := _TOLD.match(line))]
    return told[-1] if told else first


_NODE = re.compile(r"\s*\[\[.*$")
