"""SE-ResNet-18, 34, 50, 101 and 152 from one builder.

He et al., "Deep Residual Learning", arXiv 1512.03385, table 1; Hu et al., arXiv 1709.01507,
figure 3: the SE block stands after the last batch norm of the residual branch, before the addition.
"""

from __future__ import annotations

import keras

from se_viz.nets.layout import LAYOUTS, SEResNet
from se_viz.nets.se_block import squeeze_excite


def build(config: SEResNet) -> keras.Model:
    """The network: pictures (N, size, size, 3), normalised, float32 -> logits (N, classes).

    Layers carry their block's name: `block_3_1_conv2`, `SE_3_1_expand`.
    """
    kind, counts = LAYOUTS[config.depth]
    pictures = keras.Input((config.size, config.size, 3), name="pictures")
    x = _stem(pictures, config)
    for stage, count in zip((2, 3, 4, 5), counts, strict=True):
        for index in range(1, count + 1):
            stride = 2 if stage > 2 and index == 1 else 1
            x = _residual(x, config, kind, stage, index, stride)
    x = keras.layers.GlobalAveragePooling2D(name="pool")(x)
    logits = keras.layers.Dense(config.classes, name="logits", kernel_initializer="he_normal")(x)
    return keras.Model(pictures, logits, name=config.name)


def _stem(x, config):
    x = _conv(x, config.channels(2), 7, 2, "stem")
    x = keras.layers.ReLU(name="stem_relu")(x)
    padding = ((1, 1), (1, 1)) if config.stem_pool == "padded" else ((0, 1), (0, 1))
    x = keras.layers.ZeroPadding2D(padding, name="stem_pool_pad")(x)
    return keras.layers.MaxPooling2D(3, 2, name="stem_pool")(x)


def _residual(x, config, kind, stage, index, stride):
    name = f"block_{stage}_{index}"
    out = config.channels(stage) * config.expansion
    shortcut = x
    if stride > 1 or x.shape[-1] != out:
        shortcut = _conv(x, out, 1, stride, f"{name}_shortcut")
    u = _branch(x, config, kind, stage, stride, name)
    if stage in config.se_stages:
        u = squeeze_excite(
            u,
            config.ratio,
            use_bias=config.se_bias,
            data_format="channels_last",
            name=f"SE_{stage}_{index}",
        )
    x = keras.layers.Add(name=f"{name}_add")([shortcut, u])
    return keras.layers.ReLU(name=f"{name}_relu")(x)


def _branch(x, config, kind, stage, stride, name):
    width = config.channels(stage)
    if kind == "basic":
        steps = [(width, 3, stride), (width, 3, 1)]
    else:
        early = config.stride_in == "1x1"
        steps = [(width, 1, stride if early else 1), (width, 3, 1 if early else stride)]
        steps.append((width * 4, 1, 1))
    for number, (filters, kernel, step) in enumerate(steps, 1):
        last = number == len(steps)
        gamma = "zeros" if last and config.zero_last_gamma else "ones"
        x = _conv(x, filters, kernel, step, f"{name}_conv{number}", gamma)
        if not last:
            x = keras.layers.ReLU(name=f"{name}_relu{number}")(x)
    return x


def _conv(x, filters, kernel, stride, name, gamma="ones"):
    """Convolution and batch norm; a strided kernel pads both sides alike, as the weights expect."""
    if stride > 1 and kernel > 1:
        x = keras.layers.ZeroPadding2D(kernel // 2, name=f"{name}_pad")(x)
    x = keras.layers.Conv2D(
        filters,
        kernel,
        stride,
        padding="valid" if stride > 1 else "same",
        use_bias=False,
        kernel_initializer="he_normal",
        name=name,
    )(x)
    return keras.layers.BatchNormalization(
        momentum=0.9, epsilon=1e-5, gamma_initializer=gamma, name=f"{name}_bn"
    )(x)
