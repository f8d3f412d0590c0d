"""Which network is priced: chosen in widgets, kept in the link."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from se_viz.analysis.networks.costs import STAGES, places_of, ratios_of
from se_viz.complexity import Config
from se_viz.nets.se_inception.layout import SEInception
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.ui.sentences.networks import costs as said
from se_viz.ui.widgets.late_choice import pick
from se_viz.ui.widgets.segments import one_of

NETWORKS: dict[str, Config] = {
    **{str(depth): SEResNet(depth=depth, stride_in="1x1") for depth in (18, 34, 50, 101, 152)},
    **{SEInception(kind, se=False).title: SEInception(kind) for kind in ("v3", "resnet_v2")},
}
SIZES = (96, 128, 160, 224, 288, 299, 384)
EACH = "each"
"""Widget of whether each stage has an r of its own."""
WIDTHS = ("1/4", "1/2", "1", "2")


def choose() -> tuple[Config, int]:
    """The network, and the height of its pictures in pixels."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        config = NETWORKS[one_of(said.NETWORK, NETWORKS, "depth", "50")]
        slider = st.container(width=230)
        if isinstance(config, SEResNet):
            config = replace(config, se_stages=_stages())
        with st.popover("More", icon=":material/tune:"):
            config, size = _more(config)
    with slider:
        whole = replace(config, ratio=_ratio(config))
    return _by_stage(whole), size


def _by_stage(config: Config) -> Config:
    """The same, with an r for each stage that has SE where that is asked for."""
    each = isinstance(config, SEResNet) and config.se_stages
    if not each or not st.session_state.get(EACH):
        return config
    assert isinstance(config, SEResNet)
    usual = str(config.ratio_of(2))
    ratios = []
    for stage, column in zip(STAGES, st.columns(len(STAGES)), strict=True):
        possible = list(map(str, ratios_of(config, stage)))
        if stage in config.se_stages:
            with column:
                label, first = said.ratio_of(stage), usual if usual in possible else possible[-1]
                chosen = _pick(st.select_slider, label, possible, first, f"r{stage}")
                ratios.append(int(chosen))
        else:
            ratios.append(int(usual))
    return replace(config, ratio=tuple(ratios))


def _stages() -> tuple[int, ...]:
    stages = st.segmented_control(
        "SE in stage",
        list(map(str, STAGES)),
        default=list(map(str, STAGES)),
        selection_mode="multi",
        key="stages",
        bind="query-params",
    )
    return tuple(sorted(map(int, stages)))


def _more(config: Config) -> tuple[Config, int]:
    given: dict[str, Any] = {}
    if isinstance(config, SEResNet):
        places = list(places_of(config))
        given["place"] = _pick(st.selectbox, said.PLACE, places, "standard", "place", _placed)
        if config.expansion > 1:
            given["stride_in"] = one_of(
                "Resolution is halved in the", said.STRIDES, "stride", "1x1", format_func=_strided
            )
    top, _, bottom = one_of("Width, of the paper's", WIDTHS, "width", "1").partition("/")
    given["width"] = int(top) / int(bottom or 1)
    usual, key = (224, "px") if isinstance(config, SEResNet) else (299, "px of inception")
    size = st.select_slider("Height of a picture, px", SIZES, usual, key=key, bind="query-params")
    given["se_bias"] = st.toggle(said.BIASES, key="biases", bind="query-params")
    if isinstance(config, SEResNet):
        st.toggle(said.EACH, key=EACH, bind="query-params")
    return replace(config, **given), int(size)


def _ratio(config: Config) -> int:
    """r from 2 to 32 where every bottleneck has a whole width."""
    possible = list(map(str, ratios_of(config)))
    usual = "16" if "16" in possible else possible[-1]
    by_stage = isinstance(config, SEResNet) and bool(st.session_state.get(EACH))
    chosen = _pick(st.select_slider, "Reduction ratio r", possible, usual, "r", disabled=by_stage)
    return int(chosen)


_pick = partial(pick, missing=said.not_to_be_had)


def _placed(place: str) -> str:
    return said.PLACES[place]


def _strided(stride: str) -> str:
    return said.STRIDES[stride]
