"""The 1000 classes of ImageNet (ILSVRC 2012), in the order of the networks' logits.

The synsets of the challenge in order of their WordNet number, each under its first lemma; where two
would read alike (crane, maillot, cardigan) one or both have another (image-net.org, WordNet 3.0).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from se_viz.pictures.labels.alike import plain

FILE = Path(__file__).with_name("imagenet_classes.txt")

_PAIRS = [line.split(" ", 1) for line in FILE.read_text(encoding="utf-8").splitlines()]
WNIDS = tuple(wnid for wnid, _ in _PAIRS)
CLASSES = tuple(name for _, name in _PAIRS)
OTHERWISE = {
    "n02012849": "crane",
    "n02113186": "Cardigan",
    "n03126707": "crane",
    "n03710721": "maillot",
}
"""First lemmas of those that have another name here, as lists like Keras's have them."""
ENOUGH = 900
"""Names of a thousand classes that have to be ImageNet's, in its order, where some differ."""
_WNID = re.compile(r"(?<![^\W_])n\d{8}(?!\d)", re.IGNORECASE)


def wnid_in(name: str) -> str | None:
    """The WordNet number in a name such as `n02112018-Pomeranian`, whether ImageNet has it or not;
    None where there is none, or more than one."""
    found = {wnid.lower() for wnid in _WNID.findall(name)}
    return found.pop() if len(found) == 1 else None


def without_wnid(name: str) -> str:
    """What a name says beside its WordNet number."""
    return _WNID.sub(" ", name).strip(" -_.,:")


@lru_cache(maxsize=16)
def wnids_of(classes: tuple[str, ...]) -> tuple[str | None, ...]:
    """The WordNet number of each class of a network; None where its name does not tell.

    A network with ImageNet's thousand classes in their order has theirs, however some are called.
    """
    found = tuple(wnid_in(name) or _wnid_of(name) for name in classes)
    return WNIDS if _are_all(classes) else found


def named(name: str, classes: tuple[str, ...]) -> str:
    """A class that somebody calls by nothing but its WordNet number, as a network with names of
    ImageNet calls it, or ImageNet where that network has it not; any other name as it is."""
    return _by_wnid(classes).get(name.lower(), name)


@lru_cache(maxsize=16)
def _by_wnid(classes: tuple[str, ...]) -> dict[str, str]:
    pairs = zip(wnids_of(classes), classes, strict=True)
    own = {wnid: name for wnid, name in pairs if wnid}
    return dict(zip(WNIDS, CLASSES, strict=True)) | own if own else {}


def is_imagenet(classes: Sequence[str]) -> bool:
    """Whether these are ImageNet's thousand classes, in their order."""
    return wnids_of(tuple(classes)) == WNIDS


def _are_all(classes: Sequence[str]) -> bool:
    if len(classes) != len(WNIDS):
        return False
    known = zip(classes, WNIDS, strict=True)
    return sum(wnid in (wnid_in(name), *_named(name)) for name, wnid in known) >= ENOUGH


def _wnid_of(name: str) -> str | None:
    found = _named(name)
    return found[0] if len(found) == 1 else None


def _named(name: str) -> list[str]:
    """Those of ImageNet's classes that bear this name, or its first part: `tench, Tinca tinca`."""
    if name in _EXACT:
        return [_EXACT[name]]
    return _SPELLED.get(plain(name)) or _SPELLED.get(plain(name.split(",")[0]), [])


_EXACT = dict(zip(CLASSES, WNIDS, strict=True))
_SPELLED: defaultdict[str, list[str]] = defaultdict(list)
for _wnid, _name in (*zip(WNIDS, CLASSES, strict=True), *OTHERWISE.items()):
    _SPELLED[plain(_name)].append(_wnid)
