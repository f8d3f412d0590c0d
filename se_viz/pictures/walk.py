"""All files below a folder of one's own disk, through links, each folder once."""

from __future__ import annotations

import os
from collections import deque
from pathlib import Path

from se_viz.files import unread
from se_viz.pictures.names import is_junk

LOOP = "is a link to a folder that holds it, so it is not followed."


class Walk:
    """What lies below a folder.

    Links to folders are followed, and name their folders; a folder that is also there without a
    link is read under its own name.

    files: sorted by path; whatever is no folder. left: folders that were not read, with the reason
    as the rest of a sentence.
    """

    def __init__(self, root: Path) -> None:
        self.files: list[Path] = []
        self.left: list[tuple[Path, str]] = []
        self._root = root
        self._links: deque[Path] = deque()
        self._seen: dict[str, Path] = {}
        self._read(root)
        while self._links:
            self._follow(self._links.popleft())
        self.files.sort()

    def _read(self, top: Path) -> None:
        """A folder and those below it; links wait."""
        folders = [top]
        while folders:
            folder = folders.pop()
            if self._is_new(folder):
                folders += self._sorted_out(folder)

    def _sorted_out(self, folder: Path) -> list[Path]:
        """The folders in a folder; its files and links are taken down."""
        folders = []
        for entry in self._entries(folder):
            path = Path(entry.path)
            if not _is_folder(entry) or (entry.is_symlink() and is_junk((entry.name,))):
                self.files.append(path)
            elif entry.is_symlink():
                self._links.append(path)
            else:
                folders.append(path)
        return folders

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.left.append((folder, unread(error)))
            return []

    def _is_new(self, folder: Path) -> bool:
        first = self._seen.setdefault(os.path.realpath(folder), folder)
        if first is not folder:
            other = first.relative_to(self._root).as_posix()
            self.left.append((folder, f"is the same folder as {other}, which is read already."))
        return first is folder

    def _follow(self, link: Path) -> None:
        if Path(os.path.realpath(link.parent)).is_relative_to(os.path.realpath(link)):
            self.left.append((link, LOOP))
        else:
            self._read(link)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False
