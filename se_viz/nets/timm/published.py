"""The ImageNet weights that timm published for SE networks, as plain facts.

Sources: preprocessing and licences, timm 1.0.31 (`models/resnet.py`, `models/senet.py`);
accuracies, its `results/results-imagenet.csv` of 2025-10-30; recipes, its pages on the hub.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.nets.timm.architectures import ARCHITECTURES, Architecture
from se_viz.pictures import Preprocessing

ACCURACY = "timm, results-imagenet.csv of 2025-10-30: ImageNet's validation set at {size} px"
LICENCE = "Apache-2.0, as timm states"


@dataclass(frozen=True)
class Published:
    """One set of weights.

    Attributes:
        name: as timm calls it, without its "_in1k".
        preprocessing: the one with which `top1` and `top5` (percent) were measured.
        origin: who trained it, a sentence.
        mirror: a repository of the Hugging Face hub that has the weights beside timm's own.
    """

    name: str
    preprocessing: Preprocessing
    top1: float
    top5: float
    origin: str
    mirror: str | None = None

    @property
    def architecture(self) -> Architecture:
        return ARCHITECTURES[self.name.partition(".")[0]]

    @property
    def layout(self) -> SEResNet:
        """The network for pictures of the size at which its accuracy was measured."""
        return replace(self.architecture.layout, size=self.preprocessing.size)

    @property
    def legacy(self) -> bool:
        """Whether it is of timm's older family, whose weights have other names."""
        return self.name.startswith("legacy_")

    @property
    def title(self) -> str:
        """For people; says the recipe where there is one."""
        recipe = self.name.partition(".")[2]
        return f"{self.architecture.title}, ImageNet{f' ({recipe})' if recipe else ''}"

    @property
    def repositories(self) -> tuple[str, ...]:
        """Where the Hugging Face hub may have the file; the first that has it serves."""
        own = f"timm/{self.name}{'_' if '.' in self.name else '.'}in1k"
        return (own, self.mirror) if self.mirror else (own,)

    @property
    def accuracy_source(self) -> str:
        return ACCURACY.format(size=self.preprocessing.size)


BILINEAR = Preprocessing(224, 0.875, "bilinear")
BICUBIC = Preprocessing(224, 0.875, "bicubic")
WIDER = Preprocessing(224, 0.95, "bicubic")
LARGER = Preprocessing(288, 0.95, "bicubic")
WHOLE = Preprocessing(288, 1.0, "bicubic")
WHOLE_320 = Preprocessing(320, 1.0, "bicubic")

AUTHORS = (
    "Trained by the authors of the SE paper (github.com/hujie-frank/SENet), carried over to "
    "PyTorch by Remi Cadene."
)
WIGHTMAN = "Trained for timm by its author, Ross Wightman."
GLUON = "Trained for the model zoo of MXNet Gluon, carried over to PyTorch by timm's author."
STRIKES_BACK = "Trained for timm by recipe {} of 'ResNet strikes back' (arXiv 2110.00476)."
AH = (
    "Trained for timm by recipe A1 of 'ResNet strikes back' (arXiv 2110.00476), without CutMix and "
    "with more dropout, stochastic depth and RandAugment."
)
RANDAUGMENT = "Trained for timm by its RandAugment recipe {}."
TRICKS = "Trained for timm by a bag of tricks (arXiv 1812.01187)."

# timm's code fetches its legacy networks as PyTorch files from GitHub. Should its repositories on
# the hub lack one, segmentation_models.pytorch 0.5 takes six of them, as safetensors, from the
# mirrors (its `encoders/senet.py`).
WEIGHTS = (
    Published(
        "legacy_seresnet50", BILINEAR, 77.650, 93.732, AUTHORS, "smp-hub/se_resnet50.imagenet"
    ),
    Published("legacy_seresnet18", BICUBIC, 71.742, 90.340, WIGHTMAN),
    Published("legacy_seresnet34", BILINEAR, 74.788, 92.134, WIGHTMAN),
    Published(
        "legacy_seresnet101", BILINEAR, 78.370, 94.264, AUTHORS, "smp-hub/se_resnet101.imagenet"
    ),
    Published(
        "legacy_seresnet152", BILINEAR, 78.662, 94.370, AUTHORS, "smp-hub/se_resnet152.imagenet"
    ),
    Published("legacy_seresnext26_32x4d", BICUBIC, 77.100, 93.332, WIGHTMAN),
    Published(
        "legacy_seresnext50_32x4d",
        BILINEAR,
        79.080,
        94.428,
        AUTHORS,
        "smp-hub/se_resnext50_32x4d.imagenet",
    ),
    Published(
        "legacy_seresnext101_32x4d",
        BILINEAR,
        80.274,
        95.032,
        AUTHORS,
        "smp-hub/se_resnext101_32x4d.imagenet",
    ),
    Published("legacy_senet154", BILINEAR, 81.320, 95.502, AUTHORS, "smp-hub/senet154.imagenet"),
    Published("seresnet50.a1", WHOLE, 81.114, 95.122, STRIKES_BACK.format("A1")),
    Published("seresnet50.a2", WHOLE, 81.094, 95.230, STRIKES_BACK.format("A2")),
    Published("seresnet50.a3", WIDER, 77.036, 93.072, STRIKES_BACK.format("A3")),
    Published("seresnet50.ra2", LARGER, 81.288, 95.652, RANDAUGMENT.format("RA2")),
    Published("seresnet152d.ra2", WHOLE_320, 84.344, 97.044, RANDAUGMENT.format("RA2")),
    Published("seresnext50_32x4d.racm", LARGER, 82.186, 96.146, RANDAUGMENT.format("RACM")),
    Published("seresnext50_32x4d.gluon", BICUBIC, 79.916, 94.816, GLUON),
    Published("seresnext101_32x4d.gluon", BICUBIC, 80.886, 95.268, GLUON),
    Published("seresnext101_64x4d.gluon", BICUBIC, 80.884, 95.308, GLUON),
    Published("seresnext101_32x8d.ah", WHOLE, 84.192, 96.860, AH),
    Published("seresnext101d_32x8d.ah", WHOLE, 84.380, 96.918, AH),
    Published("seresnext26d_32x4d.bt", LARGER, 78.816, 94.266, TRICKS),
    Published("seresnext26t_32x4d.bt", LARGER, 78.736, 94.318, TRICKS),
)
PUBLISHED = {weights.name: weights for weights in WEIGHTS}
