"""The Squeeze-and-Excitation block as plain Keras layers.

Hu et al., "Squeeze-and-Excitation Networks", arXiv 1709.01507, section 3.
"""

from __future__ import annotations

import keras

from se_viz.nets.se_resnet.layout import bottleneck_width


def squeeze_excite(
    u,
    ratio: float = 16,
    *,
    use_bias: bool = False,
    activation: str = "relu",
    gate: str = "sigmoid",
    squeeze: str = "average",
    excitation: str = "bottleneck",
    data_format: str | None = None,
    name: str = "SE",
):
    """Recalibrate a feature map channel by channel: X = s * U.

    Squeeze, z_c = mean over H x W of u_c (equation 2); excitation, s = gate(W2 activation(W1 z))
    (equation 3); scale, x_c = s_c u_c (equation 4). W1 is (C, C/r), W2 is (C/r, C), He-normal.

    Args:
        u: KerasTensor U, (N, H, W, C), or (N, C, H, W) with `data_format="channels_first"`.
        ratio: reduction ratio r; has to divide C.
        use_bias: give both dense layers a bias (the authors' release has them, their paper not).
        activation, gate: names of Keras activations; the gate's is bounded, usually in [0, 1].
        squeeze: `"average"` or `"max"`, over positions; with `"none"` each position has gates of
            its own, made of its channels by convolutions of 1 x 1 (section 6.2).
        excitation: what stands between z and the gate's activation: `"bottleneck"`, or a rung of
            the ladder around it, `"constant"` (a learned number, whatever z is), `"direct"` (z
            itself), `"diagonal"` (a weight for each channel), `"full"` (one C x C matrix).
        data_format: `"channels_last"`, `"channels_first"`, or Keras's own setting.
        name: prefix of the layers' names, such as `SE_2_1`.

    Returns:
        KerasTensor X of the shape of `u`.

    Raises:
        ValueError: where U is not a feature map of known channels, or the ratio does not fit.
    """
    data_format = data_format or keras.config.image_data_format()
    if data_format not in ("channels_last", "channels_first"):
        raise ValueError(f"Unknown data format {data_format!r}.")
    if len(u.shape) != 4:
        raise ValueError(f"An SE block takes a feature map of four axes, not shape {u.shape}.")
    first = data_format == "channels_first"
    channels = u.shape[1 if first else -1]
    if channels is None:
        raise ValueError("An SE block needs to know its number of channels.")
    if squeeze == "none":
        s = _by_position(u, channels, ratio, use_bias, activation, gate, excitation, first, name)
        return keras.layers.Multiply(name=f"{name}_scale")([u, s])
    z = POOLS[squeeze](data_format=data_format, name=f"{name}_squeeze")(u)
    s = _excite(z, channels, ratio, use_bias, activation, gate, excitation, name)
    shape = (channels, 1, 1) if first else (1, 1, channels)
    s = keras.layers.Reshape(shape, name=f"{name}_gate")(s)
    return keras.layers.Multiply(name=f"{name}_scale")([u, s])


def _by_position(u, channels, ratio, use_bias, activation, gate, excitation, first, name):
    """Gates of the shape of U."""
    form = "channels_first" if first else "channels_last"

    def convolve(x, filters, function, part):
        settings = {"use_bias": use_bias, "kernel_initializer": "he_normal", "data_format": form}
        made = keras.layers.Conv2D(
            filters, 1, activation=function, name=f"{name}_{part}", **settings
        )
        return made(x)

    if excitation == "bottleneck":
        x = convolve(u, bottleneck_width(channels, ratio), activation, "reduce")
        s = convolve(x, channels, None, "expand")
    else:
        s = convolve(u, channels, None, "full")
    if gate == "softmax":
        return keras.layers.Softmax(1 if first else -1, name=f"{name}_gate")(s)
    return keras.layers.Activation(gate, name=f"{name}_gate")(s)


def recalibrated(u, config, name: str, part: int = 0):
    """U behind its SE block, channels last, as a network's layout says it is made.

    Args:
        u: KerasTensor U, (N, H, W, C).
        config: a `layout.Blocks`.
        name: prefix of the layers' names.
        part: of the network, which may have an r of its own.
    """
    return squeeze_excite(
        u,
        config.ratio_of(part),
        use_bias=config.se_bias,
        gate=config.gate,
        squeeze=config.squeeze,
        excitation=config.excitation,
        data_format="channels_last",
        name=name,
    )


POOLS = {
    "average": keras.layers.GlobalAveragePooling2D,
    "max": keras.layers.GlobalMaxPooling2D,
}


def _excite(z, channels, ratio, use_bias, activation, gate, excitation, name):
    """Gates (N, C) of squeezes z (N, C)."""
    settings = {"use_bias": use_bias, "kernel_initializer": "he_normal"}
    dense = keras.layers.Dense
    if excitation == "bottleneck":
        width = bottleneck_width(channels, ratio)
        bottleneck = dense(width, activation=activation, name=f"{name}_reduce", **settings)(z)
        return dense(channels, activation=gate, name=f"{name}_expand", **settings)(bottleneck)
    if excitation == "full":
        return dense(channels, activation=gate, name=f"{name}_full", **settings)(z)
    if excitation == "diagonal":
        z = ChannelWeight(name=f"{name}_weight")(z)
    elif excitation == "constant":
        z = ChannelConstant(name=f"{name}_constant")(z)
    elif excitation != "direct":
        raise ValueError(f"Unknown excitation {excitation!r}.")
    return keras.layers.Activation(gate, name=f"{name}_activation")(z)


class ChannelWeight(keras.layers.Layer):
    """One weight for each channel: w * z, (N, C) -> (N, C); w starts at 1."""

    def build(self, shape):
        self.kernel = self.add_weight(name="kernel", shape=(shape[-1],), initializer="ones")

    def call(self, z):
        return self.kernel * z


class ChannelConstant(keras.layers.Layer):
    """One number for each channel, whatever comes in: (N, C) -> (N, C); it starts at 0."""

    def build(self, shape):
        self.bias = self.add_weight(name="bias", shape=(shape[-1],), initializer="zeros")

    def call(self, z):
        return 0 * z + self.bias
