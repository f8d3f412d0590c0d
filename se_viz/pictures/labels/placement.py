"""The classes of files by the folders that they lie in, and what is to be said of that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from se_viz.pictures.decoding.decode import SUFFIXES
from se_viz.pictures.labels.folders import Rule, rule_of
from se_viz.pictures.labels.names import Parts, class_name, suffix, unique_names
from se_viz.pictures.options import PictureOptions
from se_viz.pictures.records import Remark
from se_viz.pictures.sources.found import FileGroup, FoundFile
from se_viz.pictures.ways import way

SOME = 3
CHANGE = f", unless {way('class_level')} takes others"
FORMS = (
    "Folders that differ only in the form of Unicode (an accent in its letter, or after it) are "
    "one class."
)


@dataclass(frozen=True)
class Placed:
    """A file with the folder that names its class; None where none does."""

    file: FoundFile
    rule: Rule
    place: Parts | None

    @property
    def label(self) -> str | None:
        """The class; where a person chose level 0 of a ZIP, that is the ZIP itself."""
        if self.place is None:
            return None
        name = self.place[-1] if self.place else class_name(PurePath(self.file.group.name).stem)
        return name or None

    @property
    def sure(self) -> bool:
        """Whether folders tell classes apart, or a person chose the level: no list is needed."""
        return self.label is not None and self.rule.one is None

    @property
    def is_picture(self) -> bool:
        return suffix(self.file.parts) in SUFFIXES


def in_folders(files: Sequence[FoundFile], options: PictureOptions) -> list[Placed]:
    """Each file with the folder that names its class."""
    rules = {
        group: rule_of(_folders(together), group.given, options.class_level, group.alone)
        for group, together in _by_group(files).items()
    }
    return [
        Placed(file, rules[file.group], rules[file.group].place(file.parts[:-1])) for file in files
    ]


def told(placed: Sequence[Placed]) -> Iterator[Remark]:
    """What to know of the classes of pictures that have theirs from folders."""
    pictures = [item for item in placed if item.is_picture]
    groups: dict[FileGroup, list[Placed]] = defaultdict(list)
    for item in pictures:
        groups[item.file.group].append(item)
    for together in groups.values():
        yield from _alone(together)
        yield from _deeper(together)
        yield from _beside(together)
    yield from _merged(pictures, len(groups) > 1)
    yield from _forms(pictures)


def some(names: Iterable[str]) -> str:
    """The first few names, and how many more."""
    listed = list(names)
    more = f", and {len(listed) - SOME:,} more" * (len(listed) > SOME)
    return ", ".join(listed[:SOME]) + more


def _by_group(files: Iterable[FoundFile]) -> dict[FileGroup, list[FoundFile]]:
    groups: dict[FileGroup, list[FoundFile]] = defaultdict(list)
    for file in files:
        groups[file.group].append(file)
    return groups


def _folders(files: Sequence[FoundFile]) -> set[Parts]:
    """Folders with pictures in them, as far as names tell."""
    pictures = {file.parts[:-1] for file in files if suffix(file.parts) in SUFFIXES}
    return pictures or {file.parts[:-1] for file in files}


def _alone(pictures: Sequence[Placed]) -> Iterator[Remark]:
    """That files which were given one by one have their classes from their folders."""
    classes = some({item.label: None for item in pictures if item.label})
    if classes and pictures[0].file.group.alone and pictures[0].rule.level is None:
        text = f"Files given one by one have their folder's name as class ({classes})"
        text += f"; {way('class_level')} takes others."
        yield Remark(pictures[0].file.parts[-1], text, len(pictures))


def _deeper(pictures: Sequence[Placed]) -> Iterator[Remark]:
    """Which level names the classes, where there are folders below it."""
    named = [item for item in pictures if item.place is not None]
    below = [item for item in named if len(item.file.parts) - 1 > len(item.place or ())]
    if not below:
        return
    levels = sorted({len(item.place or ()) - item.rule.top for item in named})
    level = f"level{'s' * (len(levels) > 1)} {' and '.join(map(str, levels))}"
    classes = some({str(item.label): None for item in named})
    how = ", as chosen" if named[0].rule.level is not None else CHANGE
    deeper = some({item.file.parts[len(item.place or ())]: None for item in below})
    text = f"Classes are the folders of {level} ({classes})"
    name = below[0].file.group.name or "/".join(below[0].file.parts[:-1])
    yield Remark(name, f"{text}; deeper ones ({deeper}) belong to them{how}.")


def _beside(pictures: Sequence[Placed]) -> Iterator[Remark]:
    """Which pictures have no class, where others have theirs from folders."""
    left = [item for item in pictures if item.label is None]
    level = pictures[0].rule.level
    if level is not None and left:
        yield no_folder(left, level)
    elif 0 < len(left) < len(pictures):
        text = "Lies in none of the folders that name the classes of the others."
        yield Remark("/".join(left[0].file.parts), text, len(left))


def no_folder(left: Sequence[Placed], level: int) -> Remark:
    """That the folder that a person chose is not there for some pictures."""
    text = f"No folder of level {level} is there to name its class."
    return Remark("/".join(left[0].file.parts), text, len(left))


def _merged(pictures: Sequence[Placed], many: bool) -> Iterator[Remark]:
    """Which folders of one name, in different places, are one class."""
    places: dict[str, dict[tuple[FileGroup, Parts], str]] = defaultdict(dict)
    titles = _titles(pictures) if many else {}
    for item in pictures:
        if item.place and item.label:
            group, place = item.file.group, item.place
            title = titles.get(group)
            shown = "/".join((title, *place[group.given :]) if title else place)
            places[item.label].setdefault((group, place), shown)
    merged = {label: found for label, found in places.items() if len(found) > 1}
    if merged:
        label, found = next(iter(merged.items()))
        different = dict.fromkeys(found.values())
        where = some(different) if len(different) > 1 else f"{len(found)} of them"
        text = f"Folders of this name are one class, wherever they lie ({where})."
        yield Remark(label, text, len(merged))


def _forms(pictures: Sequence[Placed]) -> Iterator[Remark]:
    """Which folders are one class although Unicode writes their names in different forms."""
    forms: dict[tuple[FileGroup, Parts], set[Parts]] = defaultdict(set)
    for item in pictures:
        if item.place and item.label:
            forms[item.file.group, item.place].add(item.file.written[: len(item.place)])
    merged = dict.fromkeys(place[-1] for (_, place), found in forms.items() if len(found) > 1)
    if merged:
        yield Remark(next(iter(merged)), FORMS, len(merged))


def _titles(pictures: Iterable[Placed]) -> dict[FileGroup, str]:
    """Names of folders and ZIPs that were handed in, all different; "" for files on their own."""
    groups = list({item.file.group: None for item in pictures})
    names = unique_names([group.home or (group.name,) for group in groups])
    return dict(zip(groups, names, strict=True))
