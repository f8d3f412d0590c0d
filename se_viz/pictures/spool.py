"""Pictures kept on disk while somebody works with them, so that another network can see them."""

from __future__ import annotations

import hashlib
import logging
import tempfile
import threading
from collections.abc import Collection
from dataclasses import replace

from se_viz.pictures.options import PictureOptions
from se_viz.pictures.records import PictureError, Source

_log = logging.getLogger(__name__)


class Spool:
    """Bytes of pictures in one temporary file, which is gone when nobody holds the spool.

    Many threads may read and write.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="se-viz-")  # noqa: SIM115
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0
        self._turn = threading.Lock()

    def __len__(self) -> int:
        """Bytes on disk."""
        return self._end

    def keep(self, source: Source) -> Source:
        """The same source; what is read of it is kept."""

        def read() -> bytes:
            data = source.read()
            self._write(data)
            return data

        return replace(source, read=read)

    def source(
        self,
        digest: str,
        name: str,
        label: str | None,
        options: PictureOptions | None = None,
        page: int | None = None,
    ) -> Source:
        """A picture that was kept, by the SHA-256 of its file, to be read in the same way."""

        def read() -> bytes:
            with self._turn:
                if digest not in self._places:
                    raise PictureError(f"{name} is no longer at hand, so it has to be added again.")
                return self._read(digest)

        options = options or PictureOptions()
        return Source(name, label, read, options=options, page=page, file=digest)

    def retain(self, digests: Collection[str]) -> None:
        """Forget everything but these, and give the room back."""
        with self._turn:
            kept = [digest for digest in self._places if digest in digests]
            if len(kept) == len(self._places):
                return
            moved, self._end = {}, 0
            for digest in kept:
                data = self._read(digest)
                moved[digest] = self._append(data)
            self._places = moved
            self._file.truncate(self._end)

    def _write(self, data: bytes) -> None:
        digest = hashlib.sha256(data).hexdigest()
        with self._turn:
            if digest not in self._places:
                try:
                    self._places[digest] = self._append(data)
                except OSError:
                    _log.exception("a picture could not be kept on disk")

    def _append(self, data: bytes) -> tuple[int, int]:
        start = self._end
        self._file.seek(start)
        self._file.write(data)
        self._end += len(data)
        return start, len(data)

    def _read(self, digest: str) -> bytes:
        start, length = self._places[digest]
        self._file.seek(start)
        return self._file.read(length)
