"""SE-ResNets, SE-ResNeXts and SENet-154 from one builder.

He et al., "Deep Residual Learning", arXiv 1512.03385, table 1; Hu et al., arXiv 1709.01507,
figure 3: the SE block stands after the last batch norm of the residual branch, before the addition.
The variants' sources are in `layout`.
"""

from __future__ import annotations

import keras

from se_viz.compat.keras_settings import precision
from se_viz.nets.se_resnet.group_conv import GroupConv2D
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.nets.se_resnet.se_block import recalibrated

LAST = "channels_last"


def build(config: SEResNet, policy: str = "float32") -> keras.Model:
    """The network: pictures (N, size, size, 3), normalised, float32 -> logits (N, classes).

    Layers carry their block's name: `block_3_1_conv2`, `SE_3_1_expand`. They compute as `policy`
    says (a name of Keras's, such as "mixed_bfloat16"), channels last, whatever Keras is set to.
    """
    with precision(policy):
        return _build(config)


def _build(config):
    pictures = keras.Input((config.size, config.size, 3), dtype="float32", name="pictures")
    x = _stem(pictures, config)
    for stage, count in zip((2, 3, 4, 5), config.counts, strict=True):
        for index in range(1, count + 1):
            stride = 2 if stage > 2 and index == 1 else 1
            x = _residual(x, config, stage, index, stride)
    x = keras.layers.GlobalAveragePooling2D(LAST, name="pool")(x)
    logits = keras.layers.Dense(config.classes, name="logits", kernel_initializer="he_normal")(x)
    return keras.Model(pictures, logits, name=config.name)


def _stem(x, config):
    if config.stem:
        for number, filters in enumerate(config.stem, 1):
            x = _conv(x, f"stem_conv{number}", filters, 3, 2 if number == 1 else 1)
            x = keras.layers.ReLU(name=f"stem_relu{number}")(x)
    else:
        x = _conv(x, "stem", config.stem_channels, 7, 2)
        x = keras.layers.ReLU(name="stem_relu")(x)
    padding = ((1, 1), (1, 1)) if config.stem_pool == "padded" else ((0, 1), (0, 1))
    x = keras.layers.ZeroPadding2D(padding, LAST, name="stem_pool_pad")(x)
    return keras.layers.MaxPooling2D(3, 2, data_format=LAST, name="stem_pool")(x)


def _residual(x, config, stage, index, stride):
    name = f"block_{stage}_{index}"
    out = config.channels(stage) * config.expansion
    shortcut = x
    if stride > 1 or x.shape[-1] != out:
        shortcut = _shortcut(x, config, out, stride, f"{name}_shortcut")
    if config.place == "identity":
        shortcut = _recalibrated(shortcut, config, stage, index)
    u = _branch(x, config, stage, index, stride)
    x = keras.layers.Add(name=f"{name}_add")([shortcut, u])
    x = keras.layers.ReLU(name=f"{name}_relu")(x)
    return _recalibrated(x, config, stage, index) if config.place == "post" else x


def _recalibrated(u, config, stage, index):
    """U behind its SE block; U itself in a stage that has none."""
    if stage not in config.se_stages:
        return u
    return recalibrated(u, config, f"SE_{stage}_{index}", stage)


def _shortcut(x, config, out, stride, name):
    if stride > 1 and config.shortcut == "average":
        x = keras.layers.AveragePooling2D(2, 2, "same", LAST, name=f"{name}_pool")(x)
        stride = 1
    kernel = 3 if stride > 1 and config.shortcut == "3x3" else 1
    return _conv(x, name, out, kernel, stride)


def _branch(x, config, stage, index, stride):
    name, steps = f"block_{stage}_{index}", _steps(config, stage, stride)
    x = _recalibrated(x, config, stage, index) if config.place == "pre" else x
    for number, (filters, kernel, step, groups) in enumerate(steps, 1):
        last = number == len(steps)
        gamma = "zeros" if last and config.zero_last_gamma else "ones"
        x = _conv(x, f"{name}_conv{number}", filters, kernel, step, groups, gamma)
        if not last or config.relu_before_se:
            x = keras.layers.ReLU(name=f"{name}_relu{number}")(x)
        if config.place == "3x3" and kernel == 3:
            x = _recalibrated(x, config, stage, index)
    return _recalibrated(x, config, stage, index) if config.place == "standard" else x


def _steps(config, stage, stride):
    """(channels, kernel, stride, groups) of each convolution of a residual branch."""
    entry, inner, out = config.entry(stage), config.inner(stage), config.channels(stage)
    if config.expansion == 1:
        return [(entry, 3, stride, 1), (out, 3, 1, 1)]
    first, second = (stride, 1) if config.stride_in == "1x1" else (1, stride)
    return [
        (entry, 1, first, 1),
        (inner, 3, second, config.groups),
        (out * config.expansion, 1, 1, 1),
    ]


def _conv(x, name, filters, kernel, stride=1, groups=1, gamma="ones"):
    """Convolution and batch norm; a strided kernel pads both sides alike, as the weights expect."""
    if stride > 1 and kernel > 1:
        x = keras.layers.ZeroPadding2D(kernel // 2, LAST, name=f"{name}_pad")(x)
    layer = keras.layers.Conv2D if groups == 1 else GroupConv2D
    x = layer(
        filters,
        kernel,
        stride,
        padding="valid" if stride > 1 else "same",
        data_format=LAST,
        groups=groups,
        use_bias=False,
        kernel_initializer="he_normal",
        name=name,
    )(x)
    return keras.layers.BatchNormalization(
        momentum=0.9, epsilon=1e-5, gamma_initializer=gamma, name=f"{name}_bn"
    )(x)
