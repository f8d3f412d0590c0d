"""What SE costs, in words."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from se_viz.analysis.networks.costs import STAGES
from se_viz.complexity import Config
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.quoted import SOURCE
from se_viz.ui.sentences.common import percent
from se_viz.ui.sentences.last_stage import LOST

CLOSED_FORM = "closed form, from the layout"
QUOTED = f"quoted from {SOURCE}, table 10; weights in closed form beside"
BIASES = "biases"
EACH = "r for each stage"
PLACES = {
    "standard": "end of the branch",
    "pre": "before the branch",
    "post": "after the sum",
    "identity": "on the shortcut",
    "3x3": "after the 3 x 3 convolution",
}
STRIDES = {"1x1": "first 1 x 1 convolution, as the paper", "3x3": "3 x 3 convolution"}
KEPT = (
    "Activations are the numbers that convolutions, dense layers, squeeze and scaling put out for "
    "one picture, as Radosavovic et al. (arXiv 2003.13678) count them; their memory at four bytes "
    "for each. In training all are kept, in use only a few at a time."
)
TIMES = "How long it takes on this machine"
TIMED = "Timed"
WILL_TIME = (
    "Builds the network without SE, with each part of SE added in turn, and as it is, and times "
    "them by turns on one picture: up to half a minute."
)
TIME_IT = "Time it"
WAITING = "Another network is timed first"
NOTHING_TO_TIME = "Without SE there is nothing to hold its time against: switch a stage on."
STEPS = {
    "plain": "without SE",
    "squeeze": "and squeeze",
    "excitation": "and dense layers",
    "scaling": "and scaling: with SE",
}
MODULE = "One module, drawn from the built network"
BUILDING = "Building the network"
FROM_THE_GRAPH = "read from the graph of the networks as they are built"
TOO_WIDE = "Networks wider than the paper's are too large to be built here."
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


def of_what(config: Config, size: int, operations: float, activations: float) -> str:
    """Which network that is, and the shares of multiply-adds and activations that come on top."""
    stages = config.se_stages if isinstance(config, SEResNet) else STAGES
    if not stages:
        return f"{plain(config)} without SE: switch a stage on."
    follows = FOLLOWS if isinstance(config, SEResNet) else f"{AFTER[config.kind]} {MOVE}"
    return (
        f"And {percent(operations, 2)} more arithmetic, though {percent(activations)} more "
        f"activations: SE-{plain(config)} at {size} px with {ratios(config)}{_otherwise(config)}. "
        f"{follows}"
    )


def _otherwise(config: Config) -> str:
    """What differs from the paper's, after a comma each."""
    said = [f"{config.width:g} times as wide"] if config.width != 1 else []
    said += ["with biases"] if config.se_bias else []
    if isinstance(config, SEResNet):
        said += [f"SE {PLACES[config.place]}"] if config.place != "standard" else []
        several = "s" * (len(config.se_stages) > 1)
        named = " and ".join(map(str, config.se_stages))
        said += [f"SE in stage{several} {named} alone"] if len(config.se_stages) < 4 else []
    return "".join(f", {part}" for part in said)


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


def timed(config: Config, last: pd.Series) -> str:
    """last: the row of `timing.time_of` with everything."""
    slower = (
        "Multiply-adds do not tell that: squeeze and scaling do little with each number of U, but "
        "have to fetch it."
        if last["low"] > 1
        else "Whether it is slower cannot be told from these rounds."
    )
    return (
        f"SE-{plain(config)} takes **{last['ratio']:.2f} times** as long as without SE "
        f"(95% {last['low']:.2f} to {last['high']:.2f}). {slower}"
    )


def measured_times(table: pd.DataFrame) -> str:
    rounds = int(table["rounds"].iloc[0])
    return (
        f"measured on this machine with TensorFlow, one picture at a time, {rounds} rounds; "
        f"diamonds quoted from {SOURCE}, section 4"
    )


def not_to_be_had(wanted: str) -> str:
    """wanted: a ratio or a place that a link asks for."""
    return f"“{wanted}”, which the link asks for, is not to be had with this network."


def ratio_of(stage: int) -> str:
    return f"r in stage {stage}"


def ratios(config: Config) -> str:
    """ "r = 16", or the r of each stage with SE."""
    if not isinstance(config, SEResNet) or not isinstance(config.ratio, tuple):
        return f"r = {config.ratio_of(2):g}"
    each = [f"{config.ratio_of(stage):g} in stage {stage}" for stage in config.se_stages]
    return f"r = {', '.join(each)}"


def beside(config: Config) -> str:
    return f"Beside {plain(config)}"


def amount(what: str, number: float) -> str:
    """Weights and activations in millions, multiply-adds in 10^9, memory in MB; in one line."""
    if what == "memory":
        return f"{number / 1e6:.1f}\N{NO-BREAK SPACE}MB"
    unit, size, decimals = ("G", 1e9, 3) if what == "multiply-adds" else ("M", 1e6, 2)
    return f"{number / size:.{decimals}f}\N{NO-BREAK SPACE}{unit}"


def last_stage(share: float) -> str:
    return (
        f"Stage 5 holds {percent(share)} of SE's weights; without it the paper's "
        f"SE-ResNet-50 is less than {LOST} worse."
    )
