"""Which SE-ResNet is priced: chosen in widgets, kept in the link."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from se_viz.analysis.networks.costs import STAGES, places_of, ratios_of
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.ui.sentences.networks import costs as said
from se_viz.ui.widgets.late_choice import pick
from se_viz.ui.widgets.segments import one_of

DEPTHS = ("18", "34", "50", "101", "152")
SIZES = (96, 128, 160, 224, 288, 384)
WIDTHS = ("1/4", "1/2", "1", "2")


def choose() -> tuple[SEResNet, int]:
    """The network, and the height of its pictures in pixels."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        depth = int(one_of("Layers", DEPTHS, "depth", "50"))
        slider = st.container(width=230)
        stages = st.segmented_control(
            "SE in stage",
            list(map(str, STAGES)),
            default=list(map(str, STAGES)),
            selection_mode="multi",
            key="stages",
            bind="query-params",
        )
        with st.popover("More", icon=":material/tune:"):
            config, size = _more(depth)
    config = replace(config, se_stages=tuple(sorted(map(int, stages))))
    with slider:
        ratio = _ratio(config)
    return replace(config, ratio=ratio), size


def _more(depth: int) -> tuple[SEResNet, int]:
    plain = SEResNet(depth=depth)
    places = list(places_of(plain))
    place = pick(st.selectbox, "Where the block stands", places, "standard", "place", _placed)
    width = one_of("Width, of the paper's", WIDTHS, "width", "1")
    stride = one_of(
        "Resolution is halved in the", said.STRIDES, "stride", "1x1", format_func=_strided
    )
    size = st.select_slider("Height of a picture, px", SIZES, 224, key="px", bind="query-params")
    biases = st.toggle(said.BIASES, key="biases", bind="query-params")
    top, _, bottom = width.partition("/")
    given: Any = {"place": place, "width": int(top) / int(bottom or 1), "stride_in": stride}
    return replace(plain, se_bias=biases, **given), int(size)


def _ratio(config: SEResNet) -> int:
    """r from 2 to 32 where every bottleneck has a whole width."""
    possible = list(map(str, ratios_of(config)))
    usual = "16" if "16" in possible else possible[-1]
    return int(pick(st.select_slider, "Reduction ratio r", possible, usual, "r"))


def _placed(place: str) -> str:
    return said.PLACES[place]


def _strided(stride: str) -> str:
    return said.STRIDES[stride]
