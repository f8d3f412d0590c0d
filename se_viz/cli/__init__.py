"""The same work without a browser: `python -m se_viz gates | profile | intervene | ...`."""

from __future__ import annotations

import argparse
import os
import sys

from se_viz.cli import check, gates, intervene, models, network, profile
from se_viz.cli.output import FAILED
from se_viz.cli.typed import refuse_missing
from se_viz.files import WriteError
from se_viz.terminal import complain, sturdy

MISUSED, STOPPED = 2, 130
__all__ = ["FAILED", "MISUSED", "STOPPED", "main"]
COMMANDS = (gates, profile, check, intervene, models)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0, 1 where it failed, 2 after a mistake, 130 after Ctrl-C.

    What is printed may get lost: it costs no file. Where it was all there is, the command failed.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    given = sys.argv[1:] if arguments is None else arguments
    with sturdy() as printed:
        choice = _parser().parse_args(network.joined(given))
        status = _run(choice)
    if printed.lost and not getattr(choice, "out", None):
        complain(f"What was printed could not be written: {printed.lost}.")
        return status or FAILED
    return status


def _run(choice: argparse.Namespace) -> int:
    try:
        refuse_missing(choice)
        return choice.run(choice)
    except WriteError as error:
        complain(error)
        return FAILED
    except (ValueError, OSError) as error:
        complain("\n  ".join((str(error), *getattr(error, "places", ()))))
        return MISUSED
    except KeyboardInterrupt:
        complain("\nStopped.")
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
