"""`python -m se_viz models`: what can be loaded."""

from __future__ import annotations

import argparse
import json

from se_viz.nets import zoo

NAME = "models"
TEXT = "list what can be loaded"


def options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("--json", action="store_true", help="as JSON instead of a table")


def run(choice: argparse.Namespace) -> int:
    """Print the list."""
    entries = zoo.entries().values()
    if choice.json:
        print(json.dumps([entry.as_dict() for entry in entries], indent=1))
        return 0
    rows = [("name", "top-1", "classes", "SE blocks", "weights", "size", "here", "what")]
    rows += [
        (
            entry.name,
            "" if entry.top1 is None else f"{entry.top1:.1f}%",
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
