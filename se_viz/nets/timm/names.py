"""From timm's names and axes of weights to ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from se_viz.nets.se_resnet.layout import SEResNet

LEAVES = {"weight": "kernel", "bias": "bias"}
BATCH_NORM = {
    "weight": "gamma",
    "bias": "beta",
    "running_mean": "moving_mean",
    "running_var": "moving_variance",
}
UNUSED = "num_batches_tracked"  # counts training steps


def converted(
    tensors: Mapping[str, np.ndarray], layout: SEResNet, legacy: bool
) -> dict[str, np.ndarray]:
    """timm's tensors by our names, in our axes; names that it does not know stay as they are.

    Args:
        tensors: by timm's names, `layer1.0.conv1.weight`.
        layout: which network they are of.
        legacy: whether the names are those of timm's `legacy_` networks.
    """
    layers = dict(_layers(layout, legacy))
    found = {}
    for name, tensor in tensors.items():
        module, _, leaf = name.rpartition(".")
        if leaf != UNUSED:
            layer = layers.get(module, "")
            variable = (BATCH_NORM if layer.endswith("_bn") else LEAVES).get(leaf)
            known = layer and variable
            found[f"{layer}/{variable}" if known else name] = _turned(tensor, layer)
    return found


def _turned(tensor: np.ndarray, layer: str) -> np.ndarray:
    """Convolutions (O, I, H, W) -> (H, W, I, O); matrices (O, I) -> (I, O), 1x1 in an SE block."""
    if tensor.ndim == 4 and tensor.shape[2:] == (1, 1) and layer.startswith("SE_"):
        tensor = tensor[:, :, 0, 0]
    if tensor.ndim == 4:
        return tensor.transpose(2, 3, 1, 0)
    return tensor.T if tensor.ndim == 2 else tensor


def _layers(layout: SEResNet, legacy: bool) -> Iterator[tuple[str, str]]:
    """(timm's module, our layer) of everything that has weights."""
    yield from _legacy_stem(layout) if legacy else _stem(layout)
    for stage, count in zip((2, 3, 4, 5), layout.counts, strict=True):
        for index in range(1, count + 1):
            yield from _block(layout, legacy, stage, index)
    yield "last_linear" if legacy else "fc", "logits"


def _stem(layout: SEResNet) -> Iterator[tuple[str, str]]:
    if layout.stem is None:
        yield from (("conv1", "stem"), ("bn1", "stem_bn"))
    else:
        for number in (1, 2, 3):
            place = 3 * (number - 1)  # convolution, batch norm, ReLU
            yield f"conv1.{place}", f"stem_conv{number}"
            yield f"conv1.{place + 1}" if number < 3 else "bn1", f"stem_conv{number}_bn"


def _legacy_stem(layout: SEResNet) -> Iterator[tuple[str, str]]:
    for number in (1, 2, 3) if layout.stem else (1,):
        name = f"stem_conv{number}" if layout.stem else "stem"
        yield f"layer0.conv{number}", name
        yield f"layer0.bn{number}", f"{name}_bn"


def _block(layout: SEResNet, legacy: bool, stage: int, index: int) -> Iterator[tuple[str, str]]:
    theirs, ours = f"layer{stage - 1}.{index - 1}", f"block_{stage}_{index}"
    for number in range(1, 3 if layout.expansion == 1 else 4):
        yield f"{theirs}.conv{number}", f"{ours}_conv{number}"
        yield f"{theirs}.bn{number}", f"{ours}_conv{number}_bn"
    for number, part in ((1, "reduce"), (2, "expand")):
        yield f"{theirs}.{'se_module' if legacy else 'se'}.fc{number}", f"SE_{stage}_{index}_{part}"
    if index == 1:
        first = 1 if layout.shortcut == "average" else 0  # a pool, or its place, comes before
        yield f"{theirs}.downsample.{first}", f"{ours}_shortcut"
        yield f"{theirs}.downsample.{first + 1}", f"{ours}_shortcut_bn"
