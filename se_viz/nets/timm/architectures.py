"""The networks of timm whose weights we read, as plain facts.

Source: timm 1.0.31, `models/resnet.py` and `models/senet.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from se_viz.nets.se_resnet.layout import SEResNet


@dataclass(frozen=True)
class Architecture:
    """A network, whatever its weights.

    Attributes:
        title: for people.
        layout: for pictures of any size.
        parameters: weights without batch-norm statistics, as timm counts them.
    """

    title: str
    layout: SEResNet
    parameters: int


RESNET = SEResNet(se_bias=True, size=None)
NEXT = replace(RESNET, groups=32, base_width=4)
RESNET_D = replace(RESNET, stem=(32, 32, 64), shortcut="average")
NEXT_D = replace(NEXT, stem=(32, 32, 64), shortcut="average")
NEXT_T = replace(NEXT, stem=(24, 32, 64), shortcut="average")

LEGACY = replace(RESNET, stride_in="1x1", stem_pool="ceil")
LEGACY_BASIC = replace(LEGACY, relu_before_se=True)
LEGACY_NEXT = replace(NEXT, stem_pool="ceil")
LEGACY_154 = replace(
    LEGACY_NEXT, depth=152, groups=64, stem=(64, 64, 128), shortcut="3x3", half_entry=True
)

ARCHITECTURES = {
    "legacy_seresnet18": Architecture("SE-ResNet-18", replace(LEGACY_BASIC, depth=18), 11_778_592),
    "legacy_seresnet34": Architecture("SE-ResNet-34", replace(LEGACY_BASIC, depth=34), 21_958_868),
    "legacy_seresnet50": Architecture("SE-ResNet-50", LEGACY, 28_088_024),
    "legacy_seresnet101": Architecture("SE-ResNet-101", replace(LEGACY, depth=101), 49_326_872),
    "legacy_seresnet152": Architecture("SE-ResNet-152", replace(LEGACY, depth=152), 66_821_848),
    "legacy_seresnext26_32x4d": Architecture(
        "SE-ResNeXt-26 32x4d", replace(LEGACY_NEXT, depth=26), 16_790_280
    ),
    "legacy_seresnext50_32x4d": Architecture("SE-ResNeXt-50 32x4d", LEGACY_NEXT, 27_559_896),
    "legacy_seresnext101_32x4d": Architecture(
        "SE-ResNeXt-101 32x4d", replace(LEGACY_NEXT, depth=101), 48_955_416
    ),
    "legacy_senet154": Architecture("SENet-154", LEGACY_154, 115_088_984),
    "seresnet50": Architecture("SE-ResNet-50", RESNET, 28_088_024),
    "seresnet152d": Architecture("SE-ResNet-152-D", replace(RESNET_D, depth=152), 66_841_080),
    "seresnext50_32x4d": Architecture("SE-ResNeXt-50 32x4d", NEXT, 27_559_896),
    "seresnext101_32x4d": Architecture(
        "SE-ResNeXt-101 32x4d", replace(NEXT, depth=101), 48_955_416
    ),
    "seresnext101_64x4d": Architecture(
        "SE-ResNeXt-101 64x4d", replace(NEXT, depth=101, groups=64), 88_232_984
    ),
    "seresnext101_32x8d": Architecture(
        "SE-ResNeXt-101 32x8d", replace(NEXT, depth=101, base_width=8), 93_569_048
    ),
    "seresnext101d_32x8d": Architecture(
        "SE-ResNeXt-101-D 32x8d", replace(NEXT_D, depth=101, base_width=8), 93_588_280
    ),
    "seresnext26d_32x4d": Architecture(
        "SE-ResNeXt-26-D 32x4d", replace(NEXT_D, depth=26), 16_809_512
    ),
    "seresnext26t_32x4d": Architecture(
        "SE-ResNeXt-26-T 32x4d", replace(NEXT_T, depth=26), 16_806_976
    ),
}
