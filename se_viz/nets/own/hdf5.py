"""Weights in HDF5, checked before Keras reads them.

HDF5 lets a dataset keep its numbers in other files of the machine (external storage, external and
soft links, virtual datasets: CVE-2026-1669) and declare far more than is stored (CVE-2026-0897).
Keras writes none of these, only numbers laid out one after the other, so nothing else is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from se_viz.nets.own.limits import Limits
from se_viz.nets.own.refusal import RefusedError, otherwise

DEEPEST = 60  # groups in groups
MOST = 200_000  # groups and datasets
NUMBERS = "fiub"  # NumPy's kinds: floats, integers, booleans


def check(path: Path, limits: Limits) -> int:
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
