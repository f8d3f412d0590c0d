"""What files of pictures do not say about themselves, and a person can."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PictureOptions:
    """How pictures are to be read; the defaults find out by themselves, and say what they took.

    zip_names: the code page of names in ZIPs that do not say theirs, one of `zip_names.PAGES`.
    class_level: which folder names the class: 0 is the folder or ZIP that was handed in, 1 the ones
    in it, and so on; -1 is a picture's own folder, -2 the one that holds it. None finds it out.
    """

    zip_names: str = ""
    class_level: int | None = None
