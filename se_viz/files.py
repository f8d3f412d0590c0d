"""Files appear whole or not at all: written beside their place, and moved there when they are.

What was there before stays as it was until then, and after any failure.
"""

from __future__ import annotations

import errno
import io
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import numpy as np


class WriteError(OSError):
    """A file could not be written; one sentence for people."""


@contextmanager
def replaced(path: str | Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of `path` when the block has ended well.

    A link is followed: the file that it leads to is replaced. Pipes and devices are written to as
    they are.

    Raises:
        WriteError: where it cannot be written whole; names the file and the reason.
    """
    path = Path(path)
    with _explained(path):
        if is_stream(path):
            with path.open("wb") as file:
                yield file
            return
        place = Path(os.path.realpath(path))
        part = _beside(place)
        try:
            with part.open("xb") as file:
                yield file
                _settle(file)
            with suppress(OSError):  # a new file has no permissions to keep, some disks none at all
                shutil.copymode(place, part)
            os.replace(part, place)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def write(path: str | Path, data: bytes) -> None:
    """Put bytes at `path`, whole or not at all; see `replaced`."""
    with replaced(path) as file:
        file.write(data)


def npz(arrays: Mapping[str, np.ndarray], packed: bool = True) -> bytes:
    """Arrays by name as an NPZ file without pickles, deflated where it is `packed`."""
    import numpy as np

    buffer = io.BytesIO()
    save = np.savez_compressed if packed else np.savez
    save(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def write_json(path: str | Path, values: Mapping[str, Any] | list) -> None:
    """Put plain values at `path` as JSON that people can read, whole or not at all."""
    write(path, f"{json.dumps(values, indent=1)}\n".encode())


def unread(error: Exception) -> str:
    """Why a file could not be opened, as the rest of a sentence that starts with its name."""
    if isinstance(error, FileNotFoundError):
        return "does not exist."
    if isinstance(error, IsADirectoryError):
        return "is a folder, not a file."
    return f"cannot be opened: {getattr(error, 'strerror', None) or error}."


def check(path: Path, inputs: Iterable[Path] = (), force: bool = False) -> None:
    """Find out before the work whether its result can be written to `path`.

    Args:
        path: of the file to write.
        inputs: files that are read, which it must not be.
        force: whether it may replace another file.

    Raises:
        ValueError, WriteError: where it cannot, a sentence for people.
    """
    with _explained(path):
        if path.is_dir():
            raise ValueError(f"{path} is a folder, not a file to write to.")
        if not path.parent.is_dir():
            raise ValueError(f"There is no folder {path.parent} to write to.")
        if any(_same(path, other) for other in inputs):
            raise ValueError(f"{path} is read here, so it is not written to: choose another name.")
        if not is_stream(path):
            _check_place(path, force)


def check_folder(path: Path) -> None:
    """Find out before the work whether files can be written into a folder, there or yet to be made.

    Raises:
        ValueError, WriteError: where they cannot, a sentence for people.
    """
    with _explained(path):
        if path.exists() and not path.is_dir():
            raise ValueError(f"{path} is a file, not a folder to write to.")
        above = next(place for place in (path, *path.absolute().parents) if place.exists())
        _try_beside(above / "any")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except WriteError:
        raise
    except OSError as error:
        raise WriteError(f"{path} cannot be written: {error.strerror or error}.") from error


def _check_place(path: Path, force: bool) -> None:
    """Whether a file may be replaced, and its folder takes another."""
    if _exists(path):
        if not force:
            raise ValueError(f"{path} is there already; --force replaces it.")
        if not os.access(path, os.W_OK):
            raise PermissionError(None, "it may only be read")
    _try_beside(Path(os.path.realpath(path)))


def _beside(place: Path) -> Path:
    """A name that is free in the folder of `place`, and short, as that may be as long as can be."""
    return place.with_name(f".se-viz-{secrets.token_hex(8)}.part")


def _settle(file: BinaryIO) -> None:
    """Have all of it on the disk, where the disk can tell."""
    file.flush()
    try:
        os.fsync(file.fileno())
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS):
            raise


def _try_beside(place: Path) -> None:
    part = _beside(place)
    part.touch(exist_ok=False)
    part.unlink()


def _exists(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return False
    return True


def is_stream(path: Path) -> bool:
    """Whether it is there and neither file nor folder: a pipe, a terminal, /dev/null."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _same(path: Path, other: Path) -> bool:
    """Whether two paths lead to one file, by whatever links or spellings."""
    try:
        return path.samefile(other)
    except OSError:
        return False
