"""Our preprocessing is timm's evaluation transform, to one grey level."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from se_viz.nets.timm import PUBLISHED
from se_viz.pictures import Preprocessing, model_input
from tests.nets.timm.photos import SHAPES, photograph

GOLDENS = Path(__file__).with_name("goldens")
PREPROCESSINGS = list(dict.fromkeys(network.preprocessing for network in PUBLISHED.values()))


def test_the_goldens_are_of_every_published_preprocessing():
    with np.load(GOLDENS / "pictures.npz") as golden:
        kept = [json.loads(str(golden[key])) for key in golden if key.endswith("how")]
    assert [Preprocessing.from_dict(how) for how in kept] == PREPROCESSINGS
    assert {how.interpolation for how in PREPROCESSINGS} == {"bilinear", "bicubic"}
    assert {how.crop for how in PREPROCESSINGS} == {0.875, 0.95, 1.0}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: "x".join(map(str, shape)))
@pytest.mark.parametrize("index", range(len(PREPROCESSINGS)), ids=lambda i: f"preprocessing {i}")
def test_model_inputs_are_timms_to_one_grey_level(index, shape):
    with np.load(GOLDENS / "pictures.npz") as golden:
        rows, columns = golden[f"{index} places"].T
        theirs = golden[f"{index} {shape[0]}x{shape[1]}"]
    seen = model_input(photograph(*shape), PREPROCESSINGS[index])[rows, columns]
    assert theirs.std() > 20
    assert np.abs(seen.astype(int) - theirs).max() <= 1
