"""Squeeze, excite, scale: each with its numbers, its equation and its picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from se_viz.analysis.one_picture.maps import SIDE, Maps, maps_of
from se_viz.analysis.one_picture.steps import excitation_table
from se_viz.figures.catalogue import entry
from se_viz.figures.one_picture.excitation import AT_ONCE, excitation, squeezes
from se_viz.figures.one_picture.feature_maps import scale_maps, squeeze_maps
from se_viz.ui.pages.picture import block_summary
from se_viz.ui.pages.picture.tensors import BlockTensors
from se_viz.ui.sentences import labels
from se_viz.ui.sentences.pictures import no_bottleneck, positions
from se_viz.ui.widgets.figure_card import show
from se_viz.ui.widgets.picture_picker import Subject


@dataclass(frozen=True, eq=False)
class Place:
    """Where somebody stands: a picture, a block and some channels of it.

    `inside` is None where the picture can no longer be read; `columns` is 1 on a narrow page.
    """

    subject: Subject
    block: str
    inside: BlockTensors | None
    channels: np.ndarray
    columns: int

    @property
    def source(self) -> str:
        """Where numbers measured here come from, in words."""
        return labels.in_block(self.subject.source, self.block)

    @property
    def z(self) -> np.ndarray:
        return self.subject.reading.squeezes[self.block][self.subject.row]

    @property
    def s(self) -> np.ndarray:
        return self.subject.reading.gates[self.block][self.subject.row]

    def maps(self) -> Maps | None:
        inside = self.inside
        if inside is None or not len(self.channels):
            return None
        return maps_of(inside.u, inside.x, inside.z, inside.s, self.channels)


def show_step(place: Place, step: str) -> None:
    """One of the three steps."""
    subject = place.subject
    told = block_summary.story(subject.reading, subject.row, place.block, place.channels)
    {"Squeeze": _squeeze, "Excite": _excite, "Scale": _scale}[step](place, told.sentences())


def _squeeze(place: Place, sentences: tuple[str, str, str]) -> None:
    st.subheader("1. Squeeze: from U to z")
    mean, largest = r"\frac{1}{H W} \sum_{i,j} u_c(i, j)", r"\max_{i,j}\, u_c(i, j)"
    squeeze = largest if block_summary.largest(place.block) else mean
    _say(place, sentences[0], f"z_c = {squeeze}")
    maps = place.maps()
    if maps is not None and place.inside is not None:
        figure = squeeze_maps(maps, place.inside.model_input, place.columns)
        show(figure, entry("feature-maps"), maps.table(), _source(place, maps))
    figure = squeezes(place.z, place.channels)
    show(figure, entry("squeezes"), excitation_table(place.z), place.source)


def _excite(place: Place, sentences: tuple[str, str, str]) -> None:
    st.subheader("2. Excite: from z to s")
    _say(place, sentences[1], r"s = \sigma(W_2\, \mathrm{ReLU}(W_1 z))")
    bottleneck, why = bottleneck_of(place.subject, place.block)
    if why:
        st.info(no_bottleneck(why), icon=":material/info:")
    table = excitation_table(place.z, bottleneck, place.s)
    figure = excitation(place.z, bottleneck, place.s, place.channels)
    show(figure, AT_ONCE if bottleneck is None else entry("excitation"), table, place.source)
    st.caption("The equation is the paper's. What makes the gates of this block:")
    st.text(block_summary.layers_of(place.block))


def _scale(place: Place, sentences: tuple[str, str, str]) -> None:
    st.subheader("3. Scale: from U to X")
    _say(place, sentences[2], r"x_c = s_c\, u_c")
    maps = place.maps()
    if maps is not None:
        figure = scale_maps(maps, place.columns)
        show(figure, entry("before-and-after"), maps.table(), _source(place, maps))


def _say(place: Place, sentence: str, equation: str) -> None:
    st.markdown(labels.in_the_block(place.block, sentence))
    st.latex(equation)


def _source(place: Place, maps: Maps) -> str:
    return positions(place.source, maps.size, SIDE if maps.averaged else None)


def bottleneck_of(subject: Subject, block: str) -> tuple[np.ndarray | None, str]:
    """The bottleneck (C / r,), or None and why not."""
    try:
        return block_summary.bottleneck(subject.reading, subject.row, block), ""
    except ValueError as error:
        return None, str(error)
