"""The same work without a browser: `python -m se_viz gates | profile | intervene | ...`."""

from __future__ import annotations

import argparse
import os
import sys

from se_viz.cli import check, gates, intervene, models, network, profile
from se_viz.cli.output import FAILED

MISUSED, STOPPED = 2, 130
__all__ = ["FAILED", "MISUSED", "STOPPED", "main"]
COMMANDS = (gates, profile, check, intervene, models)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0, 1 where it failed, 2 after a mistake, 130 after Ctrl-C."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    given = sys.argv[1:] if arguments is None else arguments
    choice = _parser().parse_args(network.joined(given))
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
    for command in COMMANDS:
        text = command.TEXT
        added = commands.add_parser(
            command.NAME, help=text, description=f"{text[0].upper()}{text[1:]}."
        )
        command.options(added)
        added.set_defaults(run=command.run)
    return parser
