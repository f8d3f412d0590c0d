"""What files of pictures do not say about themselves, and a person can."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from se_viz.pictures.decoding.ranges import GreyRange

if TYPE_CHECKING:
    from se_viz.pictures.labels.lists import ClassList


FIRST, ALL, EACH = "first", "all", "each"
"""Which pages or frames of a file are taken."""


@dataclass(frozen=True)
class PictureOptions:
    """How pictures are to be read; the defaults find out by themselves, and say what they took.

    zip_names: the code page of names in ZIPs that do not say theirs, one of `zip_names.PAGES`.
    class_level: which folder names the class: 0 is the folder or ZIP that was handed in, 1 the ones
    in it, and so on; -1 is a picture's own folder, -2 the one that holds it. None finds it out.
    labels: a list of classes, which holds against folders. find_lists: whether lists among the
    pictures are used, where folders do not tell classes apart. label_pattern: of names of files, as
    `numbered.pattern_of` takes it; holds against folders, and is not used where it is "".
    pages: whether the FIRST page or frame of a file is its picture, or ALL are pictures.
    range: which numbers are black and white in pictures of more than 8 bits a channel; None takes
    what the file says, else what `ranges` finds.
    repeats: of a picture that lies under several classes, whether the FIRST counts, or EACH.
    """

    zip_names: str = ""
    class_level: int | None = None
    labels: ClassList | None = None
    find_lists: bool = True
    label_pattern: str = ""
    pages: str = FIRST
    range: GreyRange | None = None
    repeats: str = FIRST

    def as_dict(self) -> dict[str, Any]:
        """What was chosen, as plain values; a list of classes by its name."""
        chosen = ((field, getattr(self, field.name)) for field in fields(self))
        return {field.name: _plain(value) for field, value in chosen if value != field.default}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else getattr(value, "name", str(value))
