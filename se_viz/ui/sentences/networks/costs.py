"""What SE costs, in words."""

from __future__ import annotations

from dataclasses import replace

from se_viz.analysis.networks.costs import STAGES
from se_viz.complexity import Config
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.quoted import SOURCE
from se_viz.ui.sentences.common import percent
from se_viz.ui.sentences.last_stage import LOST

CLOSED_FORM = "closed form, from the layout"
QUOTED = f"quoted from {SOURCE}, table 10; weights in closed form beside"
BIASES = "biases"
PLACES = {
    "standard": "end of the branch",
    "pre": "before the branch",
    "post": "after the sum",
    "identity": "on the shortcut",
    "3x3": "after the 3 x 3 convolution",
}
STRIDES = {"1x1": "first 1 x 1 convolution, as the paper", "3x3": "3 x 3 convolution"}
MODULE = "One module, drawn from the built network"
BUILDING = "Building the network"
FROM_THE_GRAPH = "read from the graph of the networks as they are built"
TOO_WIDE = "Networks wider than the paper's are too large to be built only to be drawn."
MODULES = {"v3": "first module", "resnet_v2": "first residual module"}
NETWORK = "Layers of a ResNet, or Inception"
PLACE = "Where the block stands"
AFTER = {
    "v3": "A block stands after each of its eleven modules.",
    "resnet_v2": "A block stands on the branch of each of its 40 residual modules.",
}
MOVE = "Move r: everything here follows."
FOLLOWS = "Move r, switch stages off, change the depth: everything here follows."
WORTH = "Is a smaller r worth it?"
TRIED = (
    "The paper trained SE-ResNet-50 on ImageNet at five ratios, one run each: from r = 16 down, "
    "more weights bring nothing that one run could show."
)
WHY = "Why 0.26% in the paper?"
COUNTED = (
    "The paper says that SE adds 0.26% of multiply-adds to ResNet-50. No way of counting gives "
    "that: it is 3.87 / 3.86 - 1, from its printed, rounded figures. Both dense layers alone add "
    "0.07%, one pass over U to scale it makes 0.21%, and with the additions of the squeeze it is "
    "0.35%, which this page counts. Pictures of 224 px, r = 16, the stride in the first 1 x 1 "
    f"convolution; the last column is quoted from {SOURCE}, table 2."
)
AT_THE_PAPERS_SIZE = (
    "Closed form: (2 / r) times the sum over stages of N C², with r = 16 and no biases; "
    "multiply-adds for one picture of 224 px, the additions of the squeeze and the products of the "
    f"scaling included. The last column is quoted from {SOURCE}, table 2; its 3.86 to 3.87 is the "
    "paper's 0.26%."
)


def title(weights: float) -> str:
    """What SE costs, a share of the network's weights without it."""
    return f"What it costs: {percent(weights, 2)} more weights"


def of_what(config: Config, size: int, operations: float) -> str:
    """Which network that is, and the share of multiply-adds that come on top."""
    stages = config.se_stages if isinstance(config, SEResNet) else STAGES
    where = "" if len(stages) == 4 else f", SE in stage {', '.join(map(str, stages))} alone"
    if not stages:
        return f"{plain(config)} without SE: switch a stage on."
    follows = FOLLOWS if isinstance(config, SEResNet) else f"{AFTER[config.kind]} {MOVE}"
    return (
        f"And {percent(operations, 2)} more arithmetic: SE-{plain(config)} at {size} px with "
        f"r = {config.ratio_of(2):g}{where}. {follows}"
    )


def plain(config: Config) -> str:
    """The network without SE."""
    if isinstance(config, SEResNet):
        return f"ResNet-{config.depth}"
    return replace(config, se=False).title


def module(config: Config) -> str:
    """Above a drawing."""
    if isinstance(config, SEResNet):
        return f"{'SE-' if config.se_stages else ''}{plain(config)}, second block of stage 3"
    return f"{config.title}, {MODULES[config.kind]}"


def beside(config: Config) -> str:
    return f"Beside {plain(config)}"


def amount(what: str, number: float) -> str:
    """Weights in millions, multiply-adds in 10^9."""
    return f"{number / 1e6:.2f} M" if what == "weights" else f"{number / 1e9:.3f} G"


def last_stage(share: float) -> str:
    return (
        f"Stage 5 holds {percent(share)} of SE's weights; without it the paper's network is "
        f"less than {LOST} worse."
    )
