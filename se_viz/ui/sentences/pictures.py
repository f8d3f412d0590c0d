"""A person's pictures in words: how many, where they come from, and one of them in a block."""

from __future__ import annotations

from collections.abc import Iterable

from se_viz.pictures.limits import MIB, Limits, megabytes
from se_viz.ui.sentences.common import classes, counted

LIST_OF_NAMES = (
    "one by one or in ZIPs. Names of folders become classes, or a "
    "list (CSV) among the files says them; pictures without a class get the network's own "
    "prediction, and every label can be changed later."
)
KEPT = (
    "Of each picture, a small thumbnail and its gates stay in memory and the file stays on the "
    "server's disk, for when you choose another network; all are gone when the tab is closed."
)


def yours(number: int) -> str:
    return f"your {counted(number, 'picture')}"


def yours_measured(number: int) -> str:
    """Where numbers come from."""
    return f"your pictures ({number:,})"


def no_pictures_for_two(title: str) -> str:
    """What two networks look at while there are none."""
    return f"No pictures of yours yet, so both networks look at the same others: {title}."


def how_many(pictures: int, kinds: int) -> str:
    return f"{counted(pictures, 'picture')} in {classes(kinds)}."


def classes_decide(pictures: int, kinds: int) -> str:
    return (
        f"**{counted(pictures, 'picture')}** in **{classes(kinds)}**. The class of a "
        "picture decides with which others its gates are averaged; change it as you like."
    )


def skipped(files: int) -> str:
    return f"Skipped: {counted(files, 'file')}."


def more_skipped(number: int) -> str:
    return f"... and {number:,} more, on the page Your pictures."


def most(file_bytes: int, whole: int) -> str:
    """What an upload may have at most."""
    return f"Pictures of up to {megabytes(file_bytes)}, ZIPs of up to {megabytes(whole)}."


def uploading(formats: Iterable[str], limits: Limits) -> str:
    """What can be uploaded and what becomes of it, in paragraphs."""
    first = f"{', '.join(formats)}, {LIST_OF_NAMES}"
    return "\n\n".join([first, KEPT, *limits.describe()])


def draw(number: int) -> str:
    return f"Draw {number} pictures"


def left_out(name: str, more: int | None, limits: Limits) -> str:
    """That a picture and so many more were too many for a session; None where it is not known how
    many come after it."""
    if more is None:
        who = " and what comes after it were"
    else:
        who = f" and {more:,} more were" if more else " was"
    return (
        f"{name}{who} left out, since a session holds {limits.upload_files:,} pictures and "
        f"{limits.upload_bytes // MIB:,} MB at most."
    )


def files_through(done: int, count: int, network: str) -> str:
    return f"{done:,} of {count:,} files through {network}"


def sweeping(done: int, count: int) -> str:
    return f"Sweeping: {done:,} of {count:,} pictures"


def not_there(wanted: str) -> str:
    """That a choice of the link waits for its pictures; `wanted` as Markdown."""
    return (
        f"“{wanted}”, which the link asks for, is not there: it comes with "
        "its pictures. Add them at the side, and it is chosen here."
    )


def accuracy_of(known: int, number: int, as_numbers: bool) -> str:
    """Where an accuracy comes from: so many of the pictures have a class of the network."""
    counts = f"{known:,}"
    if known < number:
        counts += f" of {number:,} with a class of this network"
    how = ", numbers taken for classes counted from 0" if as_numbers else ""
    return f"measured on your pictures ({counts}{how})"


def no_maps(error: object) -> str:
    return f"{error} So there are no feature maps; gates and squeezes were kept."


def usual_gates(source: str, block: str, reference: str) -> str:
    """Where numbers beside the usual gates come from."""
    return f"{source}, {block}; the usual gate on the {reference}"


def inside(block: str) -> str:
    return f"What is inside {block}: U, z, bottleneck, s, X (NPZ)"


def passing(block: str) -> str:
    return f"Passing the picture through the network, as far as {block}"


def no_bottleneck(why: str) -> str:
    return f"The bottleneck of this block is not shown. {why}"


def positions(source: str, size: tuple[int, int], side: int | None) -> str:
    """Where maps come from; `side` is to how many positions they were averaged, or None."""
    said = f"{source}, {size[0]} x {size[1]} positions"
    return said if side is None else f"{said}, averaged down to at most {side} a side for drawing"
