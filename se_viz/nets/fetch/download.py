"""Files from the web: continued after a cut, compared with their checksum, whole or not there."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from se_viz.nets.entry import Progress
from se_viz.nets.fetch.failures import MismatchError

if TYPE_CHECKING:
    import httpx2

RETRIES = 3  # in a row that bring nothing
WAIT = 0.5  # seconds before another attempt
TIMEOUT = 10.0  # seconds of silence, or until a connection stands
ALGORITHMS = {32: "md5", 64: "sha256"}  # by the length of a digest in hex


@dataclass(frozen=True)
class Remote:
    """A file on the web.

    Attributes:
        url: where it is.
        digest: its MD5 or SHA-256, in hex.
        headers: of the requests.
    """

    url: str
    digest: str
    headers: Mapping[str, str] = field(default_factory=dict)


def download(remote: Remote, target: Path, progress: Progress | None = None) -> None:
    """Put a file at `target`, where it appears only once it is whole and its checksum agrees.

    What arrived before a cut is kept beside it and continued by the next attempt, in this process
    or another. Many may ask for one file: one of them fetches it.

    Raises:
        OSError, httpx2.HTTPError, MismatchError, ...: see `trouble.explained`.
    """
    from filelock import FileLock

    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.incomplete")
    with FileLock(f"{target}.lock"):
        if not target.exists():
            try:
                _receive(remote, part, progress)
                _compare(remote, part)
            except (OSError, MismatchError):  # a full disk gets its room back
                part.unlink(missing_ok=True)
                raise
            os.replace(part, target)


def is_whole(path: Path, digest: str) -> bool:
    """Whether a file has this MD5 or SHA-256, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, ALGORITHMS[len(digest)]).hexdigest() == digest


def _receive(remote: Remote, part: Path, progress: Progress | None) -> None:
    """Fetch what is still missing of `part`, in as many attempts as bring something."""
    import httpx2

    left = RETRIES
    while True:
        before = _length(part)
        try:
            return _stream(remote, part, progress)
        except httpx2.TransportError:
            left = RETRIES if _length(part) > before else left - 1
            if left < 0:
                raise
        time.sleep(WAIT)


def _stream(remote: Remote, part: Path, progress: Progress | None) -> None:
    """One request, from where `part` ends."""
    import httpx2

    have = _length(part)
    headers = {**remote.headers, "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    with httpx2.stream(
        "GET", remote.url, headers=headers, follow_redirects=True, timeout=TIMEOUT
    ) as answer:
        if answer.status_code == 416:
            return  # nothing is missing; the checksum will tell
        answer.raise_for_status()
        _write(answer, part, progress)


def _write(answer: httpx2.Response, part: Path, progress: Progress | None) -> None:
    """Append the body, or start over where the server did; tells every percent."""
    continues = answer.status_code == 206
    have = _length(part) if continues else 0
    missing = int(answer.headers.get("Content-Length", 0))
    _require_space(part, missing)
    total, told = have + missing, -1
    with part.open("ab" if continues else "wb") as file:
        for chunk in answer.iter_raw():
            file.write(chunk)
            have += len(chunk)
            percent = 100 * have // max(total, 1)
            if progress and percent > told:
                progress(have, max(have, total))
                told = percent


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _require_space(part: Path, missing: int) -> None:
    if missing > shutil.disk_usage(part.parent).free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _compare(remote: Remote, part: Path) -> None:
    if not is_whole(part, remote.digest):
        name = {"md5": "MD5", "sha256": "SHA-256"}[ALGORITHMS[len(remote.digest)]]
        raise MismatchError(f"its {name} is not {remote.digest}")
