"""The same work without a browser: `python -m se_viz gates | profile | intervene | ...`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm  # type: ignore[import-untyped]

from se_viz.cli import intervene
from se_viz.manifest import Identity, Manifest, Pictures, inside
from se_viz.nets import builtin, own, zoo
from se_viz.pictures import INTERPOLATIONS, Skipped, draw_stimuli, gather_paths, load
from se_viz.pictures.names import clean

if TYPE_CHECKING:
    from se_viz.engines.local import Chunk
    from se_viz.probe.reading import Reading

FAILED, MISUSED, STOPPED = 1, 2, 130


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0, 1 where it failed, 2 after a mistake, 130 after Ctrl-C."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    choice = _parser().parse_args(arguments)
    try:
        return choice.run(choice)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return MISUSED
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return STOPPED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m se_viz", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    gates = _command(commands, "gates", _gates, "write the gates of pictures to an NPZ file")
    profile = _command(commands, "profile", _profile, "write the class profile of pictures")
    for command in (gates, profile):
        command.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=PICTURES)
        command.add_argument("--out", type=Path, required=True, metavar="FILE.npz", help=OUT)
    check = _command(commands, "check", _check, "check that the probe reads what the network does")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="default: drawn stimuli")
    hands = _command(commands, "intervene", _intervene, "take gates in hand and see what changes")
    hands.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=PICTURES)
    intervene.options(hands)
    for command in (gates, profile, check, hands):
        _model_options(command)
    models = _command(commands, "models", _models, "list what can be loaded")
    models.add_argument("--json", action="store_true", help="as JSON instead of a table")
    return parser


PICTURES = "picture, folder or ZIP"
OUT = "file to write"


def _model_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--model",
        default=builtin.NAME,
        metavar="NAME",
        help=f"as `models` lists them, or a file of your own ({', '.join(own.SUFFIXES)}); "
        f"default: {builtin.NAME}",
    )
    group = command.add_argument_group("a file of your own does not say")
    group.add_argument("--classes", type=Path, metavar="FILE", help="its class names, one a line")
    group.add_argument("--pixels", choices=own.PIXELS, help="what it expects of pixels")
    group.add_argument("--size", type=int, default=224, help="of its pictures in pixels")
    group.add_argument("--crop", type=float, default=1.0, help="part of the short side it sees")
    group.add_argument("--interpolation", choices=INTERPOLATIONS, default="bilinear")
    group.add_argument("--layout", default="", help="for weights: depth=50, width=0.5, ...")


def _command(commands, name: str, run, text: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text.capitalize() + ".")
    parser.set_defaults(run=run)
    return parser


def _probe(choice: argparse.Namespace):
    network = _network(choice)
    from se_viz.probe.probe import Probe

    probe = Probe(network)
    if not probe.blocks:
        raise ValueError(f"{network.title} has no SE block, so there is no gate to read.")
    return probe


def _network(choice: argparse.Namespace):
    if own.is_own(choice.model):
        chosen = None
        if choice.pixels:
            chosen = own.choice(choice.pixels, choice.size, choice.crop, choice.interpolation)
        classes = own.read_classes(choice.classes) if choice.classes else None
        return own.open_file(
            choice.model, options=own.Options(classes, chosen, layout=choice.layout)
        )
    with tqdm(desc=choice.model, unit="B", unit_scale=True, delay=1, file=sys.stderr) as bar:

        def progress(done: int, whole: int) -> None:
            bar.total = whole
            bar.update(done - bar.n)

        return zoo.load(choice.model, progress)


def _chunks(choice: argparse.Namespace, probe) -> Iterator[Chunk]:
    """What the network reads of the pictures, with a bar; what is skipped is said at the end."""
    from se_viz.engines.local import read_pictures

    sources = list(gather_paths(choice.paths))
    skipped: list[Skipped] = []
    with tqdm(total=len(sources), unit="pic", desc="gates", file=sys.stderr) as bar:
        for chunk in read_pictures(probe, sources, thumbnails=False):
            yield chunk
            skipped += chunk.skipped
            bar.update(len(chunk.pictures) + len(chunk.skipped))
    for item in skipped:
        print(item.reason, file=sys.stderr)


def _gates(choice: argparse.Namespace) -> int:
    _refuse_no_folder(choice.out)
    probe = _probe(choice)
    from se_viz.probe.reading import join

    seen = Pictures()
    readings = [_noted(chunk, seen) for chunk in _chunks(choice, probe) if chunk.reading]
    if not readings:
        return _nothing()
    reading = join(readings)
    choice.out.write_bytes(inside(reading.npz(), _manifest(choice, probe, seen)))
    print(f"{len(reading)} pictures, {len(probe.blocks)} SE blocks: {choice.out}")
    return 0


def _profile(choice: argparse.Namespace) -> int:
    _refuse_no_folder(choice.out)
    probe = _probe(choice)
    from se_viz import profile
    from se_viz.engines.local import origin_of

    origin = origin_of(probe, " ".join(_names(choice.paths)))
    made, seen = profile.empty((), probe.blocks, origin), Pictures()
    for chunk in _chunks(choice, probe):
        if chunk.reading:
            reading = _noted(chunk, seen)
            made = profile.merge(made, profile.of_reading(reading, probe.blocks, origin))
    if not made.pictures:
        return _nothing()
    choice.out.write_bytes(inside(made.npz(), _manifest(choice, probe, seen)))
    print(f"{made.pictures} pictures in {len(made.classes)} classes: {choice.out}")
    return 0


def _noted(chunk: Chunk, seen: Pictures) -> Reading:
    """A chunk's reading; its pictures are noted down."""
    assert chunk.reading is not None  # the caller's condition
    for picture, label in zip(chunk.pictures, chunk.reading.labels, strict=True):
        seen.add(picture.name, picture.digest, label)
    return chunk.reading


def _manifest(choice: argparse.Namespace, probe, seen: Pictures) -> Manifest:
    """What a file was made with, without the folders of this machine."""
    network = probe.network
    return Manifest(
        what=choice.run.__name__.strip("_"),
        source="measured on: " + ", ".join(_names(choice.paths)),
        network=Identity(network.name, network.title, network.fingerprint),
        preprocessing=network.preprocessing.as_dict(),
        pictures=seen,
        settings={"model": Path(choice.model).name, "paths": _names(choice.paths)},
    )


def _names(paths: Sequence[Path]) -> list[str]:
    return [clean(path.resolve().name) for path in paths]


def _refuse_no_folder(out: Path) -> None:
    if not out.parent.is_dir():
        raise ValueError(f"There is no folder {out.parent} to write to.")


def _nothing() -> int:
    print("No picture could be read, so nothing was written.", file=sys.stderr)
    return FAILED


def _check(choice: argparse.Namespace) -> int:
    import numpy as np

    sources = gather_paths(choice.paths) if choice.paths else (s.source() for s in draw_stimuli())
    probe = _probe(choice)
    from se_viz.probe.check import identity, self_check

    items = list(load(sources, probe.network.preprocessing, thumbnails=False))
    for item in items:
        if isinstance(item, Skipped):
            print(item.reason, file=sys.stderr)
    views = [item.view for item in items if not isinstance(item, Skipped)]
    if not views:
        raise ValueError("No picture could be read, so nothing was checked.")
    found = self_check(probe, np.stack(views))
    for block, difference in found.differences.items():
        print(f"{block:8} {difference:.1e}")
    print(found.describe())
    fed_back = identity(probe, np.stack(views))
    print(fed_back.describe())
    return 0 if found.passed and fed_back.same else FAILED


def _intervene(choice: argparse.Namespace) -> int:
    if choice.out:
        _refuse_no_folder(choice.out)
    return intervene.run(choice, _probe(choice))


def _models(choice: argparse.Namespace) -> int:
    entries = zoo.entries().values()
    if choice.json:
        print(json.dumps([entry.as_dict() for entry in entries], indent=1))
        return 0
    rows = [("name", "top-1", "classes", "SE blocks", "weights", "size", "here", "what")]
    rows += [
        (
            entry.name,
            "" if entry.top1 is None else f"{entry.top1:.1f} %",
            f"{entry.classes}",
            f"{entry.se_blocks}",
            f"{entry.parameters / 1e6:.1f} M",
            f"{entry.size / 1e6:.1f} MB",
            "yes" if entry.local() else "no",
            entry.title,
        )
        for entry in entries
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print(
            "  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True)).rstrip()
        )
    return 0
