"""What a profile's file says beside its arrays, as JSON: written, and read as from anybody."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from math import inf, isfinite
from typing import Any

from se_viz.pictures.labels.names import class_name, clean
from se_viz.probe.gates.blocks import Block
from se_viz.profiles.checks import demand
from se_viz.profiles.profile import Origin, Profile

VERSION = 2
MOST_CLASSES, MOST_BLOCKS, MOST_CHANNELS = 2**16, 2**12, 2**16
LONGEST = 10_000
"""Characters of the JSON of preprocessing and of versions."""
TEXTS = ("title", "network", "precision", "runtime")
"""What an origin says in words."""
_HEX = re.compile("[0-9a-f]{64}")


def as_json(profile: Profile, digest: str) -> str:
    """The facts of a profile, in format 2."""
    facts = {
        "version": VERSION,
        "classes": profile.classes,
        "blocks": [_block_row(block) for block in profile.blocks],
        "origin": asdict(profile.origin),
        "guessed": dict(profile.guessed),
        "sha256": digest,
    }
    return json.dumps(facts, allow_nan=False)


def of_json(text: str) -> tuple[dict[str, Any], Profile]:
    """The facts as they stand, and a profile of them without statistics.

    Raises:
        Exception: of whatever kind, where they are none, or impossible.
    """
    facts = json.loads(text, parse_constant=_refuse)
    demand(type(facts) is dict and facts["version"] in (1, VERSION), "another version")
    names = facts["classes"]
    demand(type(names) is list and len(names) <= MOST_CLASSES, "classes are no list")
    classes = tuple(map(_class, names))
    demand(len(set(classes)) == len(classes), "a class comes twice")
    rows = facts["blocks"]
    demand(type(rows) is list and len(rows) <= MOST_BLOCKS, "blocks are no list")
    blocks = tuple(map(_block, rows))
    demand(len({block.name for block in blocks}) == len(blocks), "a block comes twice")
    guessed = {_class(name): count for name, count in dict(facts.get("guessed", {})).items()}
    return facts, Profile(classes, blocks, {}, _origin(facts["origin"]), guessed)


def _block_row(block: Block) -> dict[str, Any]:
    """JSON knows no infinity: None stands for a range without an end."""
    row = asdict(block)
    return row | {end: row[end] if isfinite(row[end]) else None for end in ("low", "high")}


def _block(row: dict[str, Any]) -> Block:
    block = Block(**row)
    whole = (block.stage, block.index, block.channels)
    demand(all(type(number) is int for number in whole), "a block's facts are no whole numbers")
    demand(0 <= block.stage <= 5 and 1 <= block.index <= MOST_BLOCKS, "no place in a network")
    demand(1 <= block.channels <= MOST_CHANNELS, "impossible channels")
    demand(_text(block.name) and block.name == clean(block.name), "no name of a block")
    ends = [-inf if block.low is None else block.low, inf if block.high is None else block.high]
    numbers = all(type(number) in (int, float) for number in (block.ratio, *ends))
    demand(numbers and block.ratio >= 0 and ends[0] < ends[1], "no range of gates, or no ratio")
    return Block(block.name, *whole, float(block.ratio), *map(float, ends))


def _origin(row: dict[str, Any]) -> Origin:
    origin = Origin(**row)
    texts = [getattr(origin, name) for name in TEXTS]
    demand(all(map(_text, texts)), "an origin without words")
    demand(bool(_HEX.fullmatch(origin.fingerprint)), "no SHA-256")
    for told in (origin.preprocessing, origin.versions):
        demand(type(told) is dict and len(json.dumps(told)) <= LONGEST, "an origin of no facts")
    demand(all(map(_text, origin.versions.values())), "versions without words")
    cleaned: dict[str, Any] = dict(zip(TEXTS, map(clean, texts), strict=True))
    return replace(origin, **cleaned)


def _class(name: Any) -> str:
    demand(_text(name), "a class without a name")
    return class_name(name)


def _text(value: Any) -> bool:
    return type(value) is str and bool(value)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")
