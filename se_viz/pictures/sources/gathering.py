"""From files that were found to sources: names, classes and checks of size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeGuard

from se_viz.files import unread
from se_viz.pictures.decoding.decode import too_large
from se_viz.pictures.labels.labelling import label_files
from se_viz.pictures.labels.names import unique_names
from se_viz.pictures.limits import Limits
from se_viz.pictures.options import PictureOptions
from se_viz.pictures.records import PictureError, Remark, Skipped, Source
from se_viz.pictures.sources.found import UNREADABLE, FoundFile


def as_sources(
    found: Iterable[FoundFile | Skipped | Remark], limits: Limits, options: PictureOptions
) -> Iterator[Source | Skipped | Remark]:
    """The sources for found files, in order, with names and labels; too large ones are skipped.

    How their classes were found comes after them.
    """
    items = list(found)
    files = [item for item in items if isinstance(item, FoundFile)]
    titles = _titles(items)
    names = [titles[id(file)] for file in files]
    labelled = label_files(files, names, options)
    numbers = iter(range(len(files)))
    for item in items:
        if not isinstance(item, FoundFile):
            yield _titled(item, titles)
        elif (number := next(numbers)) in labelled.lists:
            yield labelled.lists[number]
        else:
            label, by = labelled.labels[number]
            yield _as_source(item, names[number], label, by, limits, options)
    yield from labelled.told
    if options.zip_names and not any(file.group.zipped for file in files):
        text = f"No ZIP with files was there, so {options.zip_names} was not needed."
        yield Remark("Names in ZIPs", text, idle=True)


def _titles(items: list[FoundFile | Skipped | Remark]) -> dict[int, str]:
    """Names that are all different, by the identity of what has a place among the files."""
    placed = [item for item in items if not isinstance(item, Remark) and item.parts]
    homes = [item.group.name if _zipped(item) else "" for item in placed]
    names = unique_names([item.parts for item in placed], homes)
    return {id(item): name for item, name in zip(placed, names, strict=True)}


def _zipped(item: FoundFile | Skipped) -> TypeGuard[FoundFile]:
    return isinstance(item, FoundFile) and item.group.zipped


def _titled(item: Skipped | Remark, titles: dict[int, str]) -> Skipped | Remark:
    if not isinstance(item, Skipped) or id(item) not in titles:
        return item
    name = titles[id(item)]
    return replace(item, name=name, reason=name + item.reason.removeprefix(item.name))


def _as_source(
    found: FoundFile, name: str, label: str | None, by: str, limits: Limits, options: PictureOptions
) -> Source | Skipped:
    if found.size > limits.file_bytes:
        return Skipped(name, str(too_large(name, limits, found.size)))

    def read() -> bytes:
        try:
            data = found.fetch(limits.file_bytes + 1)
        except UNREADABLE as error:
            raise PictureError(f"{name} {_why(error)}") from error
        if len(data) > limits.file_bytes:
            raise too_large(name, limits)
        return data

    path, home = "/".join(found.parts), found.group.name
    place = f"{home}/{path}" if _zipped(found) else path
    return Source(name, label, read, path, found.size, options, by, place=place)


def _why(error: Exception) -> str:
    """As the rest of a sentence: what the system says, or what becomes of what lies in ZIPs."""
    told = isinstance(error, OSError) and error.strerror
    return unread(error) if told else "cannot be read: it is damaged, locked or gone."
