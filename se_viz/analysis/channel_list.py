"""Lists of channels as people write them: `0-31, 40`."""

from __future__ import annotations

import re


def pieces(text: str) -> list[tuple[str, range]]:
    """What stands between commas, semicolons or spaces, and the channels that it names, counted
    from 0: `7`, or `0-31` with both ends. It names none where it is neither."""
    tidy = re.sub(r"\s*[-–]\s*", "-", text.strip())
    return [(piece, _numbers(piece)) for piece in re.split(r"[,;\s]+", tidy) if piece]


def _numbers(piece: str) -> range:
    match = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", piece)
    return range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)
