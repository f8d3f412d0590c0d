"""Which folders of a place are ours to read, and to throw away."""

from __future__ import annotations

import os
import re
import shutil
import stat
from contextlib import suppress
from pathlib import Path

PART = ".se-viz-part-"
"""How the name of a folder begins while it is being written."""
RECORD = "record.json"
"""The file that tells what is in a folder."""
_NAME = re.compile(r"[0-9a-f]{64}")


def is_safe(folder: Path, most: int) -> bool:
    """Whether a folder may be read: written by this user or the system, by no one else, and of
    plain files of at most so many bytes together, since links lead elsewhere and pipes wait."""
    try:
        facts = folder.lstat()
        files = [each.lstat() for each in folder.iterdir()]
    except OSError:
        return False
    plain = stat.S_ISDIR(facts.st_mode) and all(stat.S_ISREG(file.st_mode) for file in files)
    owned = all(map(_is_ours, (facts, *files)))
    return plain and owned and sum(file.st_size for file in files) <= most


def _is_ours(facts: os.stat_result) -> bool:
    if not hasattr(os, "getuid"):
        return True
    return facts.st_uid in (0, os.getuid()) and not facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def make_room(place: Path, most: int, most_bytes: int) -> None:
    """Throw away those that were used longest ago, of too many or too large ones; nothing else that
    is in the place."""
    found = []
    with suppress(OSError):
        found = [(each.stat().st_mtime, each) for each in place.iterdir() if _is_kept(each)]
    room = most_bytes
    for number, (_, folder) in enumerate(sorted(found, reverse=True)):
        with suppress(OSError):
            room -= sum(file.stat().st_size for file in folder.iterdir())
        if number >= most or room < 0:
            shutil.rmtree(folder, ignore_errors=True)


def _is_kept(folder: Path) -> bool:
    """Whether a folder was written by us, or half so."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    written = _NAME.fullmatch(folder.name) and (folder / RECORD).is_file()
    return bool(written) or folder.name.startswith(PART)
