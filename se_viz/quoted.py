"""What the paper reports, quoted: Hu, Shen, Albanie, Sun, Wu, "Squeeze-and-Excitation Networks".

Of its tables 2 and 10 to 15 (journal version), errors on ImageNet in percent, a single crop of 224
px. Tables 2 and 10 have different training schedules, so that SE-ResNet-50 has two errors.
"""

from __future__ import annotations

from dataclasses import dataclass

SOURCE = "Hu et al., arXiv 1709.01507"


@dataclass(frozen=True)
class Trained:
    """One network as the paper trained it: errors in %, weights in millions as printed."""

    name: str
    top1: float
    top5: float
    weights: float


@dataclass(frozen=True)
class Compared:
    """A ResNet as the paper trained it again and the same with SE: top-1 and top-5 error in %, and
    10^9 multiply-adds as printed."""

    plain: tuple[float, float, float]
    with_se: tuple[float, float, float]

    @property
    def more_operations(self) -> float:
        """The share of multiply-adds that SE adds by the printed, rounded figures."""
        return self.with_se[2] / self.plain[2] - 1


PLAIN = Trained("ResNet-50", 23.30, 6.55, 25.6)
RATIOS = {
    2: Trained("r = 2", 22.29, 6.00, 45.7),
    4: Trained("r = 4", 22.25, 6.09, 35.7),
    8: Trained("r = 8", 22.26, 5.99, 30.7),
    16: Trained("r = 16", 22.28, 6.03, 28.1),
    32: Trained("r = 32", 22.72, 6.20, 26.9),
}
"""Table 10: SE-ResNet-50 at each reduction ratio."""
DEPTHS = {
    50: Compared((24.80, 7.48, 3.86), (23.29, 6.62, 3.87)),
    101: Compared((23.17, 6.52, 7.58), (22.38, 6.07, 7.60)),
    152: Compared((22.42, 6.34, 11.30), (21.57, 5.73, 11.32)),
}
"""Table 2."""
ABLATED = RATIOS[16].top1
"""SE-ResNet-50 as it is, which the ablations of section 6 hold their variants against."""
SQUEEZES = {"max": 22.57}
GATES = {"relu": 23.47, "tanh": 23.00}
PLACES = {"pre": 22.23, "post": 22.78, "identity": 22.20, "3x3": 22.48}
"""Top-1 errors of SE-ResNet-50 with one thing changed: how U is squeezed, what closes a gate, and
where the block stands."""
TIMES = {"one picture on a CPU": (164, 167), "a training step on 8 GPUs": (190, 209)}
"""Section 4: milliseconds of ResNet-50 and SE-ResNet-50; a step has 256 pictures of 224 px."""
LADDER = (
    "Others on what makes the gate: Zhong et al. (arXiv 2304.06345, ResNet-164 on CIFAR-100) "
    "report 74.10% without SE, 75.03% with it, 75.21% with a learned constant for each channel and "
    "76.23% with both; Wang et al. (ECA-Net, arXiv 1910.03151, ResNet-50 on ImageNet) found the "
    "mean itself better than no SE, one weight a channel a little better than the SE block, and "
    "one full matrix better still."
)
"""Others' networks, for the rungs that the paper did not try."""
