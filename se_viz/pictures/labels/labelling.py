"""The classes of files: by a list, by their names or by their folders; and what to say of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from se_viz.pictures.labels.listing import by_found_lists, by_given_list
from se_viz.pictures.labels.numbered import by_names, proposal
from se_viz.pictures.labels.placement import Placed, in_folders, no_folder, told
from se_viz.pictures.options import PictureOptions
from se_viz.pictures.records import BY_FOLDER, BY_LIST, BY_NAME, Remark, Skipped
from se_viz.pictures.sources.found import FoundFile
from se_viz.pictures.sources.shelf import Claims, Shelf


@dataclass(frozen=True)
class Labelled:
    """Classes of files, in their order: (class or None, where it comes from).

    lists: files that are lists of classes, with what to say of them. told: what else to say.
    """

    labels: list[tuple[str | None, str]]
    lists: dict[int, Skipped | Remark]
    told: list[Skipped | Remark]


def label_files(
    files: Sequence[FoundFile], names: Sequence[str], options: PictureOptions
) -> Labelled:
    """The class of each file, None where nothing names it.

    What a person chose comes first: a list, then a pattern of names. Folders come next, where they
    tell classes apart; then lists found among the pictures; last the one folder of all.
    """
    placed = in_folders(files, options)
    sure = {i for i, item in enumerate(placed) if item.sure}
    shelf = Shelf(files, names, sure, options.repeats)
    listed = _listed(shelf, options)
    rest = [i for i in shelf.pictures() if i not in listed.labels]
    named = by_names(shelf, rest, options.label_pattern) if options.label_pattern else Claims()
    if not options.label_pattern and not listed.labels:
        named.told += proposal(shelf, rest)
    labels = [_label(i, item, listed, named) for i, item in enumerate(placed)]
    covered = listed.covered | named.covered
    by_folder = [item for i, item in enumerate(placed) if i not in covered]
    others = [(placed[i], labels[i]) for i in sorted(covered) if placed[i].is_picture]
    said = [*told(by_folder), *_beside_level(others, options.class_level)]
    return Labelled(labels, listed.lists, [*listed.told, *named.told, *said])


def _beside_level(
    others: Sequence[tuple[Placed, tuple[str | None, str]]], level: int | None
) -> Iterator[Remark]:
    """What became of the folder that a person chose, where a list or names of files hold."""
    if level is None:
        return
    held = [item for item, (_, by) in others if by != BY_FOLDER]
    if held:
        text = f"Its class is not from a folder of level {level}: lists and names of files hold."
        yield Remark("/".join(held[0].file.parts), text, len(held))
    left = [item for item, (label, _) in others if label is None]
    if left:
        yield no_folder(left, level)


def _listed(shelf: Shelf, options: PictureOptions) -> Claims:
    if options.labels is not None:
        return by_given_list(shelf, options.labels)
    return by_found_lists(shelf) if options.find_lists else Claims()


def _label(number: int, item: Placed, listed: Claims, named: Claims) -> tuple[str | None, str]:
    if number in listed.labels:
        return listed.labels[number], BY_LIST
    if number in named.labels:
        return named.labels[number], BY_NAME
    covered = number in listed.covered or number in named.covered
    return (item.label if item.sure or not covered else None), BY_FOLDER
