"""The same work without a browser: `python -m se_viz gates | check | models`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from tqdm import tqdm  # type: ignore[import-untyped]

from se_viz.nets import builtin, zoo
from se_viz.pictures import Skipped, draw_stimuli, gather_paths, load

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
    gates.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="picture, folder or ZIP")
    gates.add_argument("--out", type=Path, required=True, metavar="FILE.npz", help="file to write")
    check = _command(commands, "check", _check, "check that the probe reads what the network does")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="default: drawn stimuli")
    for command in (gates, check):
        command.add_argument("--model", default=builtin.NAME, help=f"default: {builtin.NAME}")
    models = _command(commands, "models", _models, "list what can be loaded")
    models.add_argument("--json", action="store_true", help="as JSON instead of a table")
    return parser


def _command(commands, name: str, run, text: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text.capitalize() + ".")
    parser.set_defaults(run=run)
    return parser


def _probe(name: str):
    network = zoo.load(name)
    from se_viz.probe.probe import Probe

    return Probe(network)


def _gates(choice: argparse.Namespace) -> int:
    if not choice.out.parent.is_dir():
        raise ValueError(f"There is no folder {choice.out.parent} to write to.")
    sources = list(gather_paths(choice.paths))
    probe = _probe(choice.model)
    from se_viz.engines.local import read_pictures
    from se_viz.probe.reading import join

    readings = []
    skipped: list[Skipped] = []
    with tqdm(total=len(sources), unit="pic", desc="gates", file=sys.stderr) as bar:
        for chunk in read_pictures(probe, sources, thumbnails=False):
            readings += [chunk.reading] if chunk.reading else []
            skipped += chunk.skipped
            bar.update(len(chunk.pictures) + len(chunk.skipped))
    for item in skipped:
        print(item.reason, file=sys.stderr)
    if not readings:
        print("No picture could be read, so nothing was written.", file=sys.stderr)
        return FAILED
    reading = join(readings)
    choice.out.write_bytes(reading.npz())
    print(f"{len(reading)} pictures, {len(probe.blocks)} SE blocks: {choice.out}")
    return 0


def _check(choice: argparse.Namespace) -> int:
    import numpy as np

    sources = gather_paths(choice.paths) if choice.paths else (s.source() for s in draw_stimuli())
    probe = _probe(choice.model)
    from se_viz.probe.check import self_check

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
    return 0 if found.passed else FAILED


def _models(choice: argparse.Namespace) -> int:
    entries = zoo.entries().values()
    if choice.json:
        print(json.dumps([entry.as_dict() for entry in entries], indent=1))
        return 0
    rows = [("name", "top-1", "classes", "SE blocks", "weights", "on disk", "what")]
    rows += [
        (
            entry.name,
            f"{entry.top1:.1f} %",
            f"{entry.classes}",
            f"{entry.se_blocks}",
            f"{entry.parameters / 1e6:.1f} M",
            f"{entry.size / 2**20:.1f} MB" if entry.local() else "no",
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
