"""The same against timm itself, with weights that nobody saw before.

Runs where timm is installed and SE_VIZ_LIVE=1; SE_VIZ_SEED repeats a run, and SE_VIZ_PHOTOS names
a folder of photographs for the preprocessing.
"""

from __future__ import annotations

import os
import secrets
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

if os.environ.get("SE_VIZ_LIVE") != "1" or find_spec("timm") is None:
    pytest.skip("SE_VIZ_LIVE is not 1, or timm is not here", allow_module_level=True)

from se_viz.nets.timm import ARCHITECTURES, PUBLISHED
from se_viz.pictures import model_input, normalise
from tests.nets.timm import ours, reference, rule
from tests.nets.timm.photos import SHAPES, photograph

SEED = int(os.environ.get("SE_VIZ_SEED") or secrets.randbelow(2**31))
SIZE = 64 + 1 + 2 * (SEED % 20)
TOLERANCE = 1e-4
PREPROCESSINGS = list(dict.fromkeys(network.preprocessing for network in PUBLISHED.values()))
PHOTOS = os.environ.get("SE_VIZ_PHOTOS")


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_logits_and_every_gate_agree_with_timm(architecture):
    print(f"SE_VIZ_SEED={SEED}, {SIZE} px")
    theirs = reference.run(architecture, SIZE, SEED)
    found = ours.run(architecture, reference.shapes(architecture), SIZE, SEED)
    rule.require_health(theirs.gates, theirs.features)
    logits = rule.difference(found.logits, theirs.logits)
    pairs = list(zip(found.gates, theirs.gates, strict=True))
    gates = max(np.abs(ours / their - 1).max() for ours, their in pairs)
    print(f"{architecture}: logits {logits:.1e}, gates {gates:.1e}")
    assert max(logits, gates) < TOLERANCE


def photos() -> list[Image.Image]:
    """Real photographs where there is a folder of them, each cut to one of the shapes."""
    if PHOTOS is None:
        return [photograph(*shape) for shape in SHAPES]
    paths = sorted(Path(PHOTOS).rglob("*.*"))
    rng = np.random.default_rng(SEED)
    chosen = rng.choice(len(paths), min(len(paths), 12 * len(SHAPES)), replace=False)
    return [shaped(paths[i], SHAPES[place % len(SHAPES)]) for place, i in enumerate(chosen)]


def shaped(path: Path, shape: tuple[int, int]) -> Image.Image:
    """The largest middle part of that aspect ratio, at that size."""
    with Image.open(path) as photo:
        part = min(photo.width / shape[0], photo.height / shape[1])
        width, height = part * shape[0], part * shape[1]
        left, top = (photo.width - width) / 2, (photo.height - height) / 2
        box = (left, top, left + width, top + height)
        return photo.convert("RGB").resize(shape, Image.Resampling.LANCZOS, box)


@pytest.mark.parametrize("how", PREPROCESSINGS, ids=lambda how: f"{how.size} px, {how.crop:g}")
def test_preprocessing_agrees_with_timm_to_one_grey_level(how):
    worst = 0.0
    for photo in photos():
        found = normalise(model_input(photo, how), how)
        levels = np.abs(found - reference.preprocessed(photo, how)) * np.array(how.std) * 255
        worst = max(worst, float(levels.max()))
    print(f"{how.describe()}: {worst:.3f} grey levels, SE_VIZ_SEED={SEED}")
    assert worst <= 1.001
