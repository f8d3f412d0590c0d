"""Weights that somebody trained further: timm's names, and any number of classes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

from se_viz.nets.own import Options, open_file
from se_viz.nets.pixel_options import PixelOptions
from se_viz.nets.timm import ARCHITECTURES
from se_viz.nets.timm.recognise import ALIKE, is_of_timm, recognise
from tests.nets.timm import rule

GOLDENS = Path(__file__).with_name("goldens")
SMALL = "legacy_seresnet18"


def shapes_of(architecture: str, classes: int) -> dict[str, tuple[int, ...]]:
    """timm's names and shapes, with another number of classes."""
    with np.load(GOLDENS / f"{architecture}.npz") as golden:
        shapes = json.loads(str(golden["shapes"]))
    last = ("fc.", "last_linear.")
    return {k: (classes, *v[1:]) if k.startswith(last) else tuple(v) for k, v in shapes.items()}


def empty(shapes: dict[str, tuple[int, ...]]) -> dict[str, np.ndarray]:
    """Tensors that take no memory."""
    return {name: np.broadcast_to(np.float32(0), shape) for name, shape in shapes.items()}


@pytest.mark.parametrize("prefix", ["", "model.", "module.backbone."])
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_every_architecture_is_told_by_its_shapes(architecture, prefix):
    tensors = {prefix + k: v for k, v in empty(shapes_of(architecture, 7)).items()}
    assert is_of_timm(tensors)
    found = recognise(tensors)
    assert found.layout == replace(ARCHITECTURES[architecture].layout, classes=7)
    assert found.name == architecture
    assert architecture in found.note
    assert all("/" in name for name in found.tensors)


def test_what_has_the_same_shapes_and_computes_otherwise_is_told():
    notes = {name: recognise(empty(shapes_of(name, 7))).note for name in ARCHITECTURES}
    alike = {name for name, note in notes.items() if ALIKE in note}
    assert alike == {
        *("seresnet152d", "seresnext101d_32x8d", "seresnext26d_32x4d", "seresnext26t_32x4d"),
    }


def test_a_file_of_seven_classes_gives_what_timm_computes():
    """The first seven of the golden's logits, which are timm's own."""
    with np.load(GOLDENS / f"{SMALL}.npz") as golden:
        size = json.loads((GOLDENS / "provenance.json").read_text(encoding="utf-8"))["sizes"][SMALL]
        tensors = rule.tensors(json.loads(str(golden["shapes"])))
        expected = golden["logits"][:7]
    kept = {f"model.{k}": v[:7] if k.startswith("last_linear.") else v for k, v in tensors.items()}
    data = save({**kept, "model.layer0.bn1.num_batches_tracked": np.array(7)})
    network = open_file(data, "mine.safetensors", Options(wanted=PixelOptions(size=size)))
    logits = np.asarray(network.model(rule.picture(size), training=False))[0]
    assert rule.difference(logits, expected) < 1e-4
    assert network.classes == tuple(f"class {number}" for number in range(1, 8))
    assert network.title == f"mine.safetensors, your own, as timm's {SMALL}"
    assert network.note.startswith(f"Read as timm's {SMALL}, ")


def without(shapes, *names):
    return {name: shape for name, shape in shapes.items() if name not in names}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda s: without(s, "last_linear.weight", "last_linear.bias"), "lack last_linear.weight"),
        (lambda s: {**s, "layer1.2.conv1.weight": (64, 64, 3, 3)}, r"has \(3, 2, 2, 2\) basic"),
        (lambda s: {**s, "last_linear.weight": ()}, "no weights of an SE-ResNet"),
    ],
)
def test_what_is_no_network_of_timm_is_refused_with_the_reason(change, complaint):
    data = save({k: np.zeros(v, "float32") for k, v in change(shapes_of(SMALL, 7)).items()})
    with pytest.raises(ValueError, match=rf"^mine\.safetensors holds weights alone.*{complaint}"):
        open_file(data, "mine.safetensors")


def test_names_of_others_are_none_of_timm():
    assert not is_of_timm({"features.0.0.weight": np.zeros(1)})
    assert not is_of_timm({"xlayer1.0.conv1.weight": np.zeros(1)})
    first = "layer1.0.conv1.weight"
    assert not is_of_timm({first: np.zeros(1), f"ema.{first}": np.zeros(1)})
