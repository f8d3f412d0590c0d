"""Files that a command writes, and their manifests."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from se_viz.cli.pictures import names
from se_viz.manifest import Identity, Manifest, Pictures
from se_viz.pictures import Remark
from se_viz.pictures.remarks import tell

if TYPE_CHECKING:
    from se_viz.engines.local import Chunk
    from se_viz.probe.probe import Probe
    from se_viz.probe.reading import Reading

FAILED = 1


def refuse_no_folder(out: Path) -> None:
    """Raises ValueError where there is no folder to write to."""
    if not out.parent.is_dir():
        raise ValueError(f"There is no folder {out.parent} to write to.")


def nothing() -> int:
    """Say that there was nothing to write; the exit status."""
    print("No picture could be read, so nothing was written.", file=sys.stderr)
    return FAILED


def noted(chunk: Chunk, seen: Pictures) -> Reading:
    """A chunk's reading; its pictures are noted down."""
    assert chunk.reading is not None  # the caller's condition
    for picture, label in zip(chunk.pictures, chunk.reading.labels, strict=True):
        seen.add(picture.name, picture.digest, label)
    return chunk.reading


def manifest(
    choice: argparse.Namespace,
    what: str,
    probe: Probe,
    seen: Pictures,
    remarks: Sequence[Remark] = (),
) -> Manifest:
    """What a file was made with, without the folders of this machine."""
    network = probe.network
    return Manifest(
        what=what,
        source="measured on: " + ", ".join(names(choice.paths)),
        network=Identity(network.name, network.title, network.fingerprint),
        preprocessing=network.preprocessing.as_dict(),
        pictures=seen,
        settings={"model": Path(choice.model).name, "paths": names(choice.paths)},
        read=tuple(tell(remarks)),
        output=network.output.as_dict(),
    )
