"""Pictures looked into block by block, as a file: they can be shown before a network is loaded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from se_viz import files
from se_viz.experiments.block_view.views import BlockInside, MeanMoves, PictureView
from se_viz.pictures.shifts import Light
from se_viz.probe.edit import slices
from se_viz.probe.gates.blocks import Block

VERSION = 1
HALF = ("z", "s", "hidden", "to", "back", "bias")
"""Arrays of a `BlockInside` that are kept in half precision."""
ARRAYS = (*HALF, "channels", "maps")


@dataclass(frozen=True, eq=False)
class BlockRecord:
    """Some pictures, with the inside of every block.

    Attributes:
        blocks: of the network.
        pictures: in the same lights each, the one to begin with first.
        mean_moves: of many pictures.
        record: how it was made; `weights_sha256` names the network.
    """

    blocks: tuple[Block, ...]
    pictures: tuple[PictureView, ...]
    mean_moves: MeanMoves
    record: Mapping[str, Any] = field(default_factory=dict)

    def save(self, path: str | Path) -> None:
        """As an NPZ without pickles. WriteError where it cannot be."""
        arrays: dict[str, np.ndarray] = {}
        facts = {
            "version": VERSION,
            "blocks": [asdict(block) for block in self.blocks],
            "lights": [list(vars(light).values()) for light in self.pictures[0].lights],
            "pictures": [self._picture(n, view, arrays) for n, view in enumerate(self.pictures)],
            "mean_moves": self._mean_moves(arrays),
            "record": self.record,
        }
        arrays["facts"] = np.array(json.dumps(facts))
        files.write(path, files.npz(arrays))

    def _picture(self, number: int, view: PictureView, arrays: dict[str, np.ndarray]) -> dict:
        """Facts of a picture; its arrays go to the others."""
        ends = np.cumsum([0, *map(len, view.images)])
        arrays[f"{number}/images"] = np.frombuffer(b"".join(view.images), np.uint8)
        for key in ("strips", "moves", "common"):
            arrays[f"{number}/{key}"] = getattr(view, key).astype(np.float16)
        for block, inside in view.insides.items():
            for key in ARRAYS:
                values = getattr(inside, key)
                kind = np.float16 if key in HALF else values.dtype
                arrays[f"{number}/{block}/{key}"] = values.astype(kind)
        return {
            "names": [view.name, view.label, view.other],
            "ends": ends.tolist(),
            "answers": view.answers.to_dict("split", index=False),
            "insides": {
                block: [inside.size, inside.limit, inside.functions]
                for block, inside in view.insides.items()
            },
        }

    def _mean_moves(self, arrays: dict[str, np.ndarray]) -> dict:
        known = self.mean_moves
        rows = [[m[b.name] for b in self.blocks] for m in known.moves.values()]
        arrays["mean moves"] = np.stack([np.concatenate(row) for row in rows]).astype(np.float16)
        return {
            "pictures": known.pictures,
            "lights": [list(vars(light).values()) for light in known.moves],
            "shares": [[m[b.name] for b in self.blocks] for m in known.shares.values()],
        }


def load(path: str | Path) -> BlockRecord:
    """A record that was saved."""
    with np.load(path, allow_pickle=False) as file:
        arrays = dict(file)
    facts = json.loads(str(arrays["facts"]))
    blocks = tuple(Block(**block) for block in facts["blocks"])
    lights = tuple(Light(*light) for light in facts["lights"])
    pictures = (_view(n, made, lights, arrays) for n, made in enumerate(facts["pictures"]))
    moves = _read_mean_moves(facts["mean_moves"], blocks, arrays["mean moves"])
    return BlockRecord(blocks, tuple(pictures), moves, facts["record"])


def _view(number: int, made: dict, lights: tuple[Light, ...], arrays: dict) -> PictureView:
    images, answers = arrays[f"{number}/images"].tobytes(), made["answers"]
    name, label, other = made["names"]
    strips, moves, common = (
        arrays[f"{number}/{key}"].astype(np.float32) for key in ("strips", "moves", "common")
    )
    return PictureView(
        name,
        label,
        other,
        lights,
        tuple(images[start:end] for start, end in pairwise(made["ends"])),
        *(strips, moves, common),
        pd.DataFrame(answers["data"], columns=answers["columns"]),
        {
            block: _inside(f"{number}/{block}", facts, arrays)
            for block, facts in made["insides"].items()
        },
    )


def _inside(where: str, facts: list, arrays: dict) -> BlockInside:
    size, limit, functions = facts
    found = {key: arrays[f"{where}/{key}"] for key in ARRAYS}
    found |= {key: found[key].astype(np.float32) for key in HALF}
    return BlockInside(size=tuple(size), limit=limit, functions=tuple(functions), **found)


def _read_mean_moves(made: dict, blocks: tuple[Block, ...], rows: np.ndarray) -> MeanMoves:
    lights = [Light(*light) for light in made["lights"]]
    where, rows = slices(blocks), rows.astype(np.float32)
    moves = {
        light: {name: row[part] for name, part in where.items()}
        for light, row in zip(lights, rows, strict=True)
    }
    names = [block.name for block in blocks]
    shares = {
        light: dict(zip(names, row, strict=True))
        for light, row in zip(lights, made["shares"], strict=True)
    }
    return MeanMoves(moves, shares, made["pictures"])
