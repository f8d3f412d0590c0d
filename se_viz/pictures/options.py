"""What files of pictures do not say about themselves, and a person can."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PictureOptions:
    """How pictures are to be read; the defaults find out by themselves, and say what they took.

    zip_names: the code page of names in ZIPs that do not say theirs, one of `zip_names.PAGES`.
    """

    zip_names: str = ""
