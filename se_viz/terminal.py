"""Printing that costs nobody a result: readers leave, disks fill up, and terminals lack letters."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

LEFT = (errno.EPIPE, errno.EINVAL)
"""What a pipe says whose reader has left; the second on Windows."""


class Sturdy:
    """A text stream that raises nothing: it spells out letters that it lacks (`\\u732b`), and drops
    what it can no longer write.

    Attributes:
        lost: why something could not be written; None where all was, or where its reader had left.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self.lost: str | None = None
        self._stream: Any = stream or _nowhere()
        if hasattr(self._stream, "reconfigure"):
            self._stream.reconfigure(errors="backslashreplace")

    def write(self, text: str) -> int:
        """Takes all of the text, whatever becomes of it."""
        self._try(lambda: self._stream.write(text))
        return len(text)

    def flush(self) -> None:
        """Hands on what is still held back, where that can be done."""
        self._try(lambda: self._stream.flush())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _try(self, action: Callable[[], object]) -> None:
        try:
            action()
        except (OSError, ValueError) as error:  # a closed stream raises the latter
            if getattr(error, "errno", None) not in LEFT:
                self.lost = self.lost or getattr(error, "strerror", None) or str(error)
            _silence(self._stream)
            self._stream = _nowhere()


@contextmanager
def sturdy() -> Iterator[Sturdy]:
    """Until the end of the block, standard output (which it gives) and error are `Sturdy`."""
    before = sys.stdout, sys.stderr
    out, err = Sturdy(sys.stdout), Sturdy(sys.stderr)
    sys.stdout, sys.stderr = cast(TextIO, out), cast(TextIO, err)
    try:
        yield out
    finally:
        out.flush()
        err.flush()
        sys.stdout, sys.stderr = before


def complain(text: object) -> None:
    """A line on standard error, where there is one."""
    print(text, file=Sturdy(sys.stderr), flush=True)


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")


def _silence(stream: TextIO) -> None:
    """Let Python write what the stream still holds to nowhere when it ends, without a complaint."""
    with suppress(OSError, ValueError, AttributeError), _nowhere() as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())
