"""Files that a command writes, and their manifests."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from se_viz import files
from se_viz.analysis.tables import csv_of, neutralised
from se_viz.cli.network import said
from se_viz.cli.pictures import names, options_of
from se_viz.cli.typed import read_paths
from se_viz.engines.origins import identity_of
from se_viz.manifest import Manifest
from se_viz.pictures import spare
from se_viz.pictures.remarks import tell

if TYPE_CHECKING:
    import pandas as pd

    from se_viz.experiments.predict import PictureLog
    from se_viz.probe.probe import Probe

FAILED = 1


def options(
    command: argparse.ArgumentParser, name: str, text: str = "to write", required: bool = True
) -> None:
    """`--out`, and `--force`.

    Args:
        command: to add them to.
        name: stands for the file, such as `FILE.npz`.
        text: said of it.
        required: whether the command writes in any case.
    """
    command.add_argument("--out", type=Path, required=required, metavar=name, help=text)
    command.add_argument("--force", action="store_true", help="replace the file where it is there")


def check(choice: argparse.Namespace, beside: bool = False) -> None:
    """Find out before the work whether `--out` can be written.

    Args:
        choice: of the command line.
        beside: whether its manifest is a file of its own.

    Raises:
        ValueError, WriteError: where it cannot, or would take the place of what is read; a
            sentence for people.
    """
    if choice.out is None:
        if choice.force:
            raise ValueError("--force replaces a file, so it takes --out.")
        return
    manifest = manifest_path(choice.out) if beside else None
    for path in (choice.out, manifest) if manifest else (choice.out,):
        files.check(path, read_paths(choice), choice.force)
        spare(path)


def manifest_path(out: Path) -> Path | None:
    """Where the manifest of a table lies, beside it; None where that is no file, but a pipe."""
    if files.is_stream(out):
        return None
    name = out.stem if out.suffix.lower() == ".csv" else out.name
    return out.with_name(f"{name}.json")


def write_table(out: Path, table: pd.DataFrame, made_with: Manifest) -> Path | None:
    """Write a table as CSV, and its manifest beside it, of which the path is returned.

    Where one of them cannot be written, neither is.
    """
    path = manifest_path(out)
    with files.replaced(out) as numbers:
        numbers.write(csv_of(table))
        numbers.flush()
        if path:
            files.write(path, replace(made_with, neutralised=neutralised(table)).json())
    return path


def nothing(done: str = "written") -> int:
    """Say that there was no picture to work on; the exit status."""
    print(f"No picture could be read, so nothing was {done}.", file=sys.stderr)
    return FAILED


def manifest(choice: argparse.Namespace, what: str, probe: Probe, log: PictureLog) -> Manifest:
    """What a file was made with, without the folders of this machine."""
    network = probe.network
    return Manifest(
        what=what,
        source="measured on: " + ", ".join(names(choice.paths)),
        network=identity_of(probe),
        preprocessing=network.preprocessing.as_dict(),
        pictures=log.pictures,
        settings=said(choice)
        | options_of(choice).as_dict()
        | {"model": Path(choice.model).name, "paths": names(choice.paths)},
        grounds=network.grounds.as_dict(),
        read=tuple(tell(log.remarks)),
        output=network.output.as_dict(),
    )
