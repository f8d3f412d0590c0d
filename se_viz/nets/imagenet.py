"""The 1000 classes of ImageNet (ILSVRC 2012), in the order of the networks' logits.

The synsets of the challenge in order of their WordNet number, each under its first lemma; where two
would read alike (crane, maillot, cardigan) one or both have another (image-net.org, WordNet 3.0).
"""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).with_name("imagenet_classes.txt")

_PAIRS = [line.split(" ", 1) for line in FILE.read_text(encoding="utf-8").splitlines()]
WNIDS = tuple(wnid for wnid, _ in _PAIRS)
CLASSES = tuple(name for _, name in _PAIRS)
