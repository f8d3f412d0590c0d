"""SE-Inception-v3 and SE-Inception-ResNet-v2 from one builder, and the same without SE."""

from __future__ import annotations

import keras

from se_viz.compat.keras_settings import precision
from se_viz.nets.se_inception.layout import LAST as LAST_CHANNELS
from se_viz.nets.se_inception.layout import STEM, Branch, Conv, Module, Pool, SEInception
from se_viz.nets.se_resnet.se_block import recalibrated

LAST = "channels_last"


def build(config: SEInception, policy: str = "float32") -> keras.Model:
    """The network: pictures (N, size, size, 3), normalised, float32 -> logits (N, classes).

    Layers carry their module's name: `mixed4_2_conv1`, `SE_mixed4_expand`. They compute as `policy`
    says (a name of Keras's, such as "mixed_bfloat16"), channels last, whatever Keras is set to.

    Raises:
        ValueError: where the ratio does not divide a module's channels.
    """
    with precision(policy):
        return _build(config)


def _build(config):
    pictures = keras.Input((config.size, config.size, 3), dtype="float32", name="pictures")
    x = _along(pictures, STEM, config, "stem")
    for module in config.modules:
        x = _module(x, module, config)
    if config.kind == "resnet_v2":
        x = _conv(x, Conv(LAST_CHANNELS), config, "last")
    x = keras.layers.GlobalAveragePooling2D(LAST, name="pool")(x)
    logits = keras.layers.Dense(config.classes, name="logits", kernel_initializer="he_normal")(x)
    return keras.Model(pictures, logits, name=config.name)


def _module(x, module: Module, config):
    branches = [
        _along(x, branch, config, f"{module.name}_{number}")
        for number, branch in enumerate(module.branches, 1)
    ]
    u = keras.layers.Concatenate(axis=-1, name=module.name)(branches)
    if module.scale is not None:
        return _residual(x, u, module, config)
    return _recalibrated(u, module, config) if config.kind == "v3" else u


def _residual(x, u, module: Module, config):
    """The branch is brought to the channels of x, recalibrated, scaled and added."""
    name = module.name
    u = keras.layers.Conv2D(
        x.shape[-1],
        1,
        data_format=LAST,
        kernel_initializer="he_normal",
        name=f"{name}_up",
    )(u)
    u = _recalibrated(u, module, config)
    u = keras.layers.Rescaling(module.scale, name=f"{name}_down")(u)
    x = keras.layers.Add(name=f"{name}_add")([x, u])
    return keras.layers.ReLU(name=f"{name}_relu")(x) if module.active else x


def _recalibrated(u, module: Module, config):
    """U behind its SE block; U itself in a network without."""
    if not config.se:
        return u
    return recalibrated(u, config, f"SE_{module.name}")


def _along(x, branch: Branch, config, name: str):
    """One step of a branch after another; what it forks into is concatenated."""
    for number, step in enumerate(branch, 1):
        own = f"{name}_conv{number}"
        if isinstance(step, Pool):
            x = _pool(x, step, f"{name}_pool{number}")
        elif isinstance(step, Conv):
            x = _conv(x, step, config, own)
        else:
            ends = [_conv(x, end, config, f"{own}_{place}") for place, end in enumerate(step, 1)]
            x = keras.layers.Concatenate(axis=-1, name=own)(ends)
    return x


def _pool(x, step: Pool, name: str):
    kinds = {"average": keras.layers.AveragePooling2D, "max": keras.layers.MaxPooling2D}
    padding = "same" if step.stride == 1 else "valid"
    return kinds[step.kind](3, step.stride, padding, LAST, name=name)(x)


def _conv(x, step: Conv, config, name: str):
    x = keras.layers.Conv2D(
        config.channels(step.filters),
        step.kernel,
        step.stride,
        padding=step.padding,
        data_format=LAST,
        use_bias=False,
        kernel_initializer="he_normal",
        name=name,
    )(x)
    x = keras.layers.BatchNormalization(scale=False, momentum=0.9, name=f"{name}_bn")(x)
    return keras.layers.ReLU(name=f"{name}_relu")(x)
