"""Weights in HDF5, checked before Keras reads them.

HDF5 lets a dataset keep its numbers in other files of the machine (external storage, external and
soft links, virtual datasets: CVE-2026-1669) and declare far more than is stored (CVE-2026-0897).
Keras writes none of these, only numbers laid out one after the other, so nothing else is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, takewhile
from pathlib import Path
from typing import Any, BinaryIO

from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.refusal import RefusedError, otherwise
from se_viz.pictures.limits import MIB, megabytes

DEEPEST = 60  # groups in groups
MOST = 200_000  # groups and datasets
MOST_LISTED = 16 * MIB  # bytes of the names of weights in a group
NUMBERS = "fiub"  # NumPy's kinds: floats, integers, booleans
SIGNATURE = b"\x89HDF\r\n\x1a\n"


def begins(file: BinaryIO) -> bool:
    """Whether an open file is HDF5; it stands at its beginning afterwards."""
    found = file.read(len(SIGNATURE))
    file.seek(0)
    return found == SIGNATURE


def check(path: Path, limits: FileLimits) -> int:
    """How many numbers a file of weights holds.

    Raises:
        RefusedError: where it is no HDF5, refers to other files, or declares more than it holds.
    """
    import h5py

    with otherwise("holds weights that cannot be read: they are cut short, or no HDF5 at all."):
        with h5py.File(path, "r") as file:
            sizes = _Sizes()
            sizes.group(file, 0)
        if sizes.bytes > path.stat().st_size:
            raise RefusedError("declares more weights than it holds.")
    if sizes.numbers > 3 * limits.parameters:  # an optimizer keeps two more for each weight
        raise RefusedError(
            f"holds {sizes.numbers:,} numbers, more than a network of "
            f"{limits.parameters:,} weights has."
        )
    return sizes.numbers


def text(group: Any, name: str, most: int) -> bytes | None:
    """An attribute that is one text of up to `most` bytes; None where there is none.

    Raises:
        RefusedError: where it is something else.
    """
    import h5py

    if name not in group.attrs:
        return None
    kind = group.attrs.get_id(name)
    if kind.shape != () or h5py.check_string_dtype(kind.dtype) is None:
        raise RefusedError(f"is broken: its {name} is no text.")
    found = group.attrs[name] if kind.dtype.itemsize <= most else b"\0" * (most + 1)
    data = found.encode() if isinstance(found, str) else bytes(found)
    if len(data) > most:
        raise RefusedError(f"holds a {name} of more than the {megabytes(most)} that are allowed.")
    return data


def names(group: Any, attribute: str) -> list[str] | None:
    """A list of names, None where there is none that says how much memory it takes.

    Lists of texts of any length are left alone: each could be as long as the file.
    """
    listed = [key for key in (attribute, *_numbered(group, attribute)) if key in group.attrs]
    kinds = [group.attrs.get_id(key) for key in listed]
    if not kinds or any(len(kind.shape) != 1 or kind.dtype.kind != "S" for kind in kinds):
        return None
    if sum(kind.get_storage_size() for kind in kinds) > MOST_LISTED:
        raise RefusedError("lists more weights than a network has.")
    return [name.decode("utf-8", "replace") for key in listed for name in group.attrs[key]]


def _numbered(group: Any, attribute: str) -> Iterator[str]:
    """Keras cuts long lists into `weight_names0`, `weight_names1`, ..."""
    return takewhile(group.attrs.__contains__, (f"{attribute}{n}" for n in count()))


class _Sizes:
    """Adds up what the groups of a file hold."""

    def __init__(self) -> None:
        self.seen = self.numbers = self.bytes = 0

    def group(self, group: Any, depth: int) -> None:
        import h5py

        if depth > DEEPEST or len(group) > MOST:
            raise RefusedError("nests its weights without end.")
        for name in group:
            if group.get(name, getlink=True, getclass=True) is not h5py.HardLink:
                raise RefusedError(
                    "holds weights that point elsewhere, into other files or places."
                )
            self._member(group[name], depth)

    def _member(self, member: Any, depth: int) -> None:
        import h5py

        self.seen += 1
        if self.seen > MOST:
            raise RefusedError("nests its weights without end.")
        if isinstance(member, h5py.Group):
            self.group(member, depth + 1)
        elif isinstance(member, h5py.Dataset):
            self._dataset(member)
        else:
            raise RefusedError("holds weights of an unknown kind.")

    def _dataset(self, dataset: Any) -> None:
        import h5py

        plain = dataset.id.get_create_plist().get_layout() == h5py.h5d.CONTIGUOUS
        if not plain or dataset.external or dataset.is_virtual:
            raise RefusedError(
                "holds weights that are packed, or kept in other files; save it anew."
            )
        if dataset.dtype.kind not in NUMBERS:
            raise RefusedError("holds weights that are not numbers.")
        self.numbers += dataset.size
        self.bytes += dataset.size * dataset.dtype.itemsize
