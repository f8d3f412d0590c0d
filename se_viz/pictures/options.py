"""What files of pictures do not say about themselves, and a person can."""

from __future__ import annotations

from dataclasses import dataclass

from se_viz.pictures.ranges import Range


@dataclass(frozen=True)
class PictureOptions:
    """How pictures are to be read; the defaults find out by themselves, and say what they took.

    zip_names: the code page of names in ZIPs that do not say theirs, one of `zip_names.PAGES`.
    class_level: which folder names the class: 0 is the folder or ZIP that was handed in, 1 the ones
    in it, and so on; -1 is a picture's own folder, -2 the one that holds it. None finds it out.
    range: which numbers are black and white in pictures of more than 8 bits a channel; None takes
    what the file says, else what `ranges` finds.
    """

    zip_names: str = ""
    class_level: int | None = None
    range: Range | None = None
