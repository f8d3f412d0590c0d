"""All files below a folder of one's own disk, through links, each link under its own name."""

from __future__ import annotations

import errno
import os
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from se_viz.files import unread
from se_viz.pictures.labels.names import clean, is_junk, natural
from se_viz.pictures.records import Skipped

LOOP = "is a link to a folder that holds it, so it is not followed."
FULL = (
    "since links lead to what is read already under another name; of that, {:,} files and folders "
    "at most are read once more."
)
_GONE = "is a link whose target does not exist."
DEAD_ENDS = {
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.ELOOP: "is a link that leads back to itself, or through too many others.",
}


class Walk:
    """What lies below a folder.

    Links to folders are followed, and name their folders: a folder with several names is read under
    each. most: files and folders that are read once more so; links that hold each other's targets
    can lead to any number.

    files: whatever is no folder, sorted by path as people count, those under a second name of their
    folder after all others.
    """

    def __init__(self, root: Path, most: int) -> None:
        self.files: list[Path] = []
        self._root, self._most, self._room = root, most, most
        self._left: list[tuple[Path, str]] = []
        self._full: list[Path] = []
        self._again: list[Path] = []
        self._links: deque[Path] = deque()
        self._first: dict[str, Path] = {}
        self._real: dict[Path, str] = {}
        self._read(root)
        while self._links:
            self._follow(self._links.popleft())
        for files in (self.files, self._again):
            files.sort(key=lambda path: natural(path.parts))
        self.files += self._again

    def skipped(self, top: str) -> Iterator[Skipped]:
        """The folders that were not read, with the reason; the folder of all is called `top`."""
        for folder, why in self._left:
            name = self._shown(top, folder)
            yield Skipped(name, f"{name} {why}")
        if self._full:
            name, count = self._shown(top, self._full[0]), len(self._full)
            who = f"{name} was" if count == 1 else f"{name} and {count - 1:,} more folders were"
            yield Skipped(name, f"{who} left out, {FULL.format(self._most)}", count)

    def _shown(self, top: str, folder: Path) -> str:
        return clean("/".join((top, *folder.relative_to(self._root).parts)))

    def _follow(self, link: Path) -> None:
        if Path(self._real[link.parent]).is_relative_to(self._place(link)):
            self._leave(link, LOOP)
        else:
            self._read(link)

    def _read(self, top: Path) -> None:
        """A folder and those below it; links wait."""
        folders = [top]
        while folders:
            folder = folders.pop()
            if self._may_read(folder):
                folders += self._sorted_out(folder)

    def _may_read(self, folder: Path) -> bool:
        real = self._real[folder] = self._place(folder)
        first = self._first.setdefault(real, folder)
        if any(self._real.get(above) == real for above in folder.parents):
            other = first.relative_to(self._root).as_posix()
            self._leave(folder, f"is the same folder as {other}, which is read already.")
            return False
        if self._is_again(folder) and self._room <= 0:
            self._full.append(folder)
            return False
        return True

    def _place(self, folder: Path) -> str:
        """Where it lies without any links."""
        above = self._real.get(folder.parent) if folder != self._root else None
        return os.path.realpath(os.path.join(above, folder.name) if above else folder)

    def _is_again(self, folder: Path) -> bool:
        """Whether it has another name, under which it was read before."""
        return self._first[self._real[folder]] != folder

    def _leave(self, folder: Path, why: str) -> None:
        """Of a loop in a folder with several names, once is enough."""
        if not self._is_again(folder.parent):
            self._left.append((folder, why))

    def _sorted_out(self, folder: Path) -> list[Path]:
        """The folders in a folder; its files and links are taken down."""
        entries, again = self._entries(folder), self._is_again(folder)
        self._room -= again * (1 + len(entries))
        files, folders = self._again if again else self.files, []
        for entry in entries:
            path = Path(entry.path)
            if not _is_folder(entry) or (entry.is_symlink() and is_junk((entry.name,))):
                files.append(path)
            elif entry.is_symlink():
                self._links.append(path)
            else:
                folders.append(path)
        return folders

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return sorted(entries, key=lambda entry: natural((entry.name,)))
        except OSError as error:
            self._left.append((folder, unread(error)))
            return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def dead_end(path: Path) -> str:
    """Why a link leads nowhere, as the rest of a sentence; "" for all that is there, or no link."""
    try:
        path.stat()
    except OSError as error:
        return DEAD_ENDS.get(error.errno or 0, "") if os.path.islink(path) else ""
    except ValueError:  # no path at all
        pass
    return ""
