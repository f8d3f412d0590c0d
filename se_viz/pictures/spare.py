"""Pictures that no result takes the place of."""

from __future__ import annotations

from pathlib import Path

from se_viz.pictures.decoding import formats

HEAD = 64
"""Bytes that tell the format of most files."""


def spare(path: Path) -> None:
    """Keep a result from taking the place of pictures.

    Raises:
        ValueError: where the file is a picture or a ZIP; a sentence for people.
        OSError: where it cannot be read.
    """
    if path.is_file():
        with path.open("rb") as file:
            kind = formats.kind_of(file.read(HEAD), path.name)
        if kind or path.suffix.lower() == ".zip":
            raise ValueError(f"{path} holds pictures, which no result replaces.")
