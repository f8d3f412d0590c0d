"""How a file that others wrote is turned down: one sentence for people, a traceback in the log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from se_viz.nets.reasons import reason as reason_of
from se_viz.pictures.labels.names import clean as shown

LONGEST = 200  # letters of what a library says

_log = logging.getLogger(__name__)


class RefusedError(Exception):
    """Why a file is not opened, as the rest of a sentence that starts with its name."""


def refuse(reason: str | None) -> None:
    """Raises RefusedError where there is a reason."""
    if reason:
        raise RefusedError(reason)


@contextmanager
def otherwise(reason: str, telling: str = "") -> Iterator[None]:
    """Whatever goes wrong inside is logged, and the file is refused for this reason.

    Nothing is known of how libraries fail on files that were made to break them, so this takes
    every `Exception`; a refusal inside keeps its own reason.

    Args:
        reason: the rest of a sentence that starts with the file's name.
        telling: who said what went wrong, "Keras says"; what they said is then told as well.
    """
    try:
        yield
    except RefusedError:
        raise
    except Exception as error:
        _log.warning("a model file %s", reason, exc_info=True)
        said = f" ({telling}: {shown(reason_of(error), LONGEST)})." if telling else "."
        raise RefusedError(reason.removesuffix(".") + said) from error


@contextmanager
def blame(name: str) -> Iterator[None]:
    """The boundary: refusals and surprises leave as one ValueError that names the file."""
    try:
        with otherwise("cannot be read as a network."):
            yield
    except RefusedError as refused:
        raise ValueError(f"{name} {refused}") from refused
