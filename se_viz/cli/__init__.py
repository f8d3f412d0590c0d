"""The same work without a browser: `se-viz gates | profile | intervene | ...`, and the app."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

from se_viz.cli import app, check, gates, intervene, models, network, profile, shift
from se_viz.cli.output import FAILED
from se_viz.cli.typed import refuse_missing
from se_viz.files import WriteError
from se_viz.terminal import complain, sturdy

MISUSED, STOPPED = 2, 130
__all__ = ["FAILED", "MISUSED", "STOPPED", "main", "program"]
COMMANDS = (app, gates, profile, check, intervene, shift, models)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0, 1 where it failed, 2 after a mistake, 3 where `check` finds
    something in the gates, 130 after Ctrl-C.

    What is printed may get lost: it costs no file. Where it was all there is, the command failed.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    given = sys.argv[1:] if arguments is None else arguments
    with sturdy() as printed:
        choice = _choice(network.joined(given))
        status = _run(choice)
    if printed.lost and not getattr(choice, "out", None):
        complain(f"What was printed could not be written: {printed.lost}.")
        return status or FAILED
    return status


def program() -> None:
    """The command line as a program, `se-viz` or `python -m se_viz`: what goes wrong is told in a
    sentence, without what a server would log."""
    logging.basicConfig(level=logging.ERROR)
    sys.exit(main())


def _choice(given: list[str]) -> argparse.Namespace:
    parser = _parser()
    choice, rest = parser.parse_known_args(given)
    if rest and choice.run is not app.run:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    choice.rest = rest
    return choice


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


def _name() -> str:
    """How the program was called."""
    return "se-viz" if Path(sys.argv[0]).stem == "se-viz" else "python -m se_viz"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=_name(), description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        text = command.TEXT
        added = commands.add_parser(
            command.NAME, help=text, description=f"{text[0].upper()}{text[1:]}."
        )
        command.options(added)
        added.set_defaults(run=command.run)
    return parser
