"""From files that were found to sources: names, classes and checks of size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from se_viz.pictures.decode import too_large
from se_viz.pictures.found import UNREADABLE, Found
from se_viz.pictures.labelling import label_files
from se_viz.pictures.limits import Limits
from se_viz.pictures.names import unique_names
from se_viz.pictures.options import PictureOptions
from se_viz.pictures.records import PictureError, Remark, Skipped, Source


def as_sources(
    found: Iterable[Found | Skipped | Remark], limits: Limits, options: PictureOptions
) -> Iterator[Source | Skipped | Remark]:
    """The sources for found files, in order, with names and labels; too large ones are skipped.

    How their classes were found comes after them.
    """
    items = list(found)
    files = [item for item in items if isinstance(item, Found)]
    names = unique_names([item.parts for item in files])
    labelled = label_files(files, names, options)
    numbers = iter(range(len(files)))
    for item in items:
        if not isinstance(item, Found):
            yield item
        elif (number := next(numbers)) in labelled.lists:
            yield labelled.lists[number]
        else:
            label, by = labelled.labels[number]
            yield _as_source(item, names[number], label, by, limits, options)
    yield from labelled.told
    if options.zip_names and not any(file.group.zipped for file in files):
        text = f"No ZIP with files was there, so {options.zip_names} was not needed."
        yield Remark("Names in ZIPs", text)


def _as_source(
    found: Found, name: str, label: str | None, by: str, limits: Limits, options: PictureOptions
) -> Source | Skipped:
    if found.size > limits.file_bytes:
        return Skipped(name, str(too_large(name, limits, found.size)))

    def read() -> bytes:
        try:
            data = found.fetch(limits.file_bytes + 1)
        except UNREADABLE as error:
            raise PictureError(f"{name} cannot be read: it is damaged, locked or gone.") from error
        if len(data) > limits.file_bytes:
            raise too_large(name, limits)
        return data

    return Source(name, label, read, "/".join(found.parts), found.size, options, by)
