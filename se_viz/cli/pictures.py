"""Which pictures a command reads, how, and what it says of them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm  # type: ignore[import-untyped]

from se_viz.cli.typed import NONE
from se_viz.experiments.predict import PictureLog, predict
from se_viz.files import unread
from se_viz.pictures import (
    Picture,
    PictureOptions,
    Remark,
    Repeat,
    Skipped,
    Source,
    gather_paths,
    load,
    ways,
)
from se_viz.pictures.decoding import ranges
from se_viz.pictures.labels.lists import MOST_BYTES, ClassList
from se_viz.pictures.labels.names import clean
from se_viz.pictures.labels.numbered import pattern_of
from se_viz.pictures.options import ALL, EACH, FIRST
from se_viz.pictures.records import BY_LIST, count_files
from se_viz.pictures.remarks import tell
from se_viz.pictures.sources.zip_names import PAGES, page_of

if TYPE_CHECKING:
    from se_viz.engines.base import Chunk
    from se_viz.pictures import Preprocessing
    from se_viz.probe.probe import Probe
    from se_viz.probe.reading import Reading

GUESS = (
    "Nothing names its class, so the network's own guess stands in, marked as one; folders name "
    "classes, and --class-level 0 takes the folder of files that are given one by one."
)
OF_FILES = ["zip-names", "labels", "label-pattern", "class-level", "repeats", "pages", "range"]
"""Options that say how files are read."""
REPEATS = (
    "Of a picture under several classes the first holds: give the path of the one that should hold "
    "first, or count it under each with --repeats each."
)


def options(command: argparse.ArgumentParser, fewest: str = "+", text: str = "") -> None:
    """Files, folders and ZIPs, and what they do not say about themselves.

    Args:
        command: to add them to.
        fewest: how many paths, as argparse has it.
        text: said of the paths.
    """
    command.add_argument(
        "paths", nargs=fewest, type=Path, metavar="PATH", help=text or "picture, folder or ZIP"
    )
    group = command.add_argument_group("pictures do not say about themselves")
    group.add_argument(
        "--zip-names",
        metavar="PAGE",
        help=f"code page of names in old ZIPs ({', '.join(PAGES)}); default: found out from them",
    )
    group.add_argument(
        "--labels",
        type=Path,
        metavar="FILE",
        help="which picture is of which class: CSV, TSV, text or JSON; default: lists found among "
        f"the pictures, where folders do not tell; {NONE}: no list",
    )
    group.add_argument(
        "--label-pattern",
        metavar="PATTERN",
        help="the class is in the names of files: number for the word before a number "
        "(cat.0.jpg), or a regular expression with a group",
    )
    group.add_argument(
        "--class-level",
        type=int,
        metavar="N",
        help="which folder names the class: 0 the folder or ZIP given, 1 those in it, ...; -1 the "
        "picture's own, -2 the one above; default: the first in it whose name means something",
    )
    group.add_argument(
        "--repeats",
        choices=(FIRST, EACH),
        help="a picture that lies under several classes counts under the first (give the path "
        "whose class holds first), or under each; default: first",
    )
    group.add_argument(
        "--pages",
        choices=(FIRST, ALL),
        help="which pages of stacks and frames of animations are pictures; default: first",
    )
    group.add_argument(
        "--range",
        metavar="LOW..HIGH",
        help="the numbers that are black and white in pictures of more than 8 bits a channel, as "
        "0..4095; default: as the file says, else found from the numbers of all of them",
    )


def _list_of(given: Path | None) -> ClassList | None:
    if given is None or str(given) == NONE:
        return None
    try:
        with given.open("rb") as file:
            return ClassList(clean(given.name), file.read(MOST_BYTES + 1))
    except OSError as error:
        raise ValueError(f"{given} {unread(error)}") from error


def options_of(choice: argparse.Namespace) -> PictureOptions:
    """How pictures are to be read, as the command line says it."""
    if choice.label_pattern:
        pattern_of(choice.label_pattern)
    return PictureOptions(
        zip_names=page_of(choice.zip_names or ""),
        class_level=choice.class_level,
        pages=choice.pages or FIRST,
        range=None if choice.range is None else ranges.parse(choice.range),
        labels=_list_of(choice.labels),
        find_lists=choice.labels is None,
        label_pattern=choice.label_pattern or "",
        repeats=choice.repeats or FIRST,
    )


def gather(choice: argparse.Namespace) -> list[Source | Skipped | Remark]:
    """What lies at the paths; raises ValueError where a list of classes names none of it."""
    options = options_of(choice)
    found = list(gather_paths(choice.paths, options=options))
    given = options.labels
    if given and not any(isinstance(item, Source) and item.by == BY_LIST for item in found):
        why = [item.reason for item in found if isinstance(item, Skipped)]
        raise ValueError(ways.said(why[-1]))
    return found


def refuse_unused(choice: argparse.Namespace) -> None:
    """Raises ValueError where something is said of how to read pictures, and there are none."""
    given = [name for name in OF_FILES if getattr(choice, name.replace("-", "_")) is not None]
    if given:
        raise ValueError(
            f"--{given[0]} has no use without a PATH, as there are no files to read: leave it out."
        )


def readings(
    sources: Sequence[Source | Skipped | Remark],
    probe: Probe,
    log: PictureLog,
    of_classes: bool = True,
) -> Iterator[Reading]:
    """What the network reads of the pictures, with a bar; the rest is said at the end, also which
    classes are guesses, unless it is not about classes."""
    files = count_files(sources)
    with tqdm(total=files, unit="pic", desc="gates", file=sys.stderr) as bar:

        def progress(done: int, whole: int) -> None:
            bar.total = whole
            bar.update(done - bar.n)

        chunks = predict(probe, sources, progress, files=files)
        yield from log.over(map(_with_guesses, chunks) if of_classes else chunks)
    say(log.skipped, log.remarks)


def _with_guesses(chunk: Chunk) -> Chunk:
    """The same, with a remark for each picture whose class is a guess."""
    guessed = chunk.reading.guessed if chunk.reading else ()
    named = zip(chunk.pictures, guessed, strict=True)
    said = [Remark(picture.name, GUESS) for picture, guess in named if guess]
    return replace(chunk, remarks=(*chunk.remarks, *said))


def loaded(
    sources: Iterable[Source | Skipped | Remark], preprocessing: Preprocessing
) -> list[Picture]:
    """The pictures that could be read; what else is to be told of them is said."""
    log = PictureLog()
    pictures = list(log.through(load(sources, preprocessing, thumbnails=False)))
    say(log.skipped, log.remarks)
    return pictures


def say(skipped: Sequence[Skipped], remarks: Sequence[Remark]) -> None:
    """One line for each thing to know, on standard error."""
    hint = [REPEATS] if any(isinstance(item, Repeat) for item in skipped) else []
    reasons = [ways.said(item.reason) for item in skipped]
    for text in reasons + hint + tell(remarks):
        print(text, file=sys.stderr)


def names(paths: Sequence[Path]) -> list[str]:
    """Names of files and folders without the folders of this machine."""
    return [clean(Path(os.path.abspath(path)).name) for path in paths]
