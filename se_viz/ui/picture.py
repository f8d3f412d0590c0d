"""One picture through one SE block: squeeze, excitation, scale, with its own numbers."""

from __future__ import annotations

import streamlit as st

from se_viz.analysis.channels import choose_channels
from se_viz.analysis.picture import picture_block, strongest
from se_viz.analysis.predictions import top
from se_viz.analysis.story import Story
from se_viz.figures.picture import squeeze_against_gate, squeeze_and_gate
from se_viz.probe.reading import Reading
from se_viz.ui import guide, resources
from se_viz.ui.choices import ORDERS
from se_viz.ui.frame import show
from se_viz.ui.subject import choose


def page() -> None:
    """The picture and the story of one block, then its channels."""
    st.header("What the block did to this picture")
    subject = choose()
    reading, row = subject.reading, subject.row
    block = _block([block.name for block in resources.blocks()])
    seen, told = st.columns([1, 3])
    with seen:
        st.image(subject.thumbnail, width="stretch")
        st.caption(reading.names[row])
        for guess, share in top(reading.logits[[row]], resources.classes(), 3)[0]:
            st.progress(share, f"{guess}: {100 * share:.1f} %")
    with told:
        try:
            _story(resources.story(reading, row, block))
        except ValueError as error:
            st.info(f"What happens inside this block cannot be told: {error}")
    _figures(reading, row, block, subject.source)


def _block(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    middle = names[len(names) // 2]
    return str(st.select_slider("Block, by depth", names, middle, key="block", bind="query-params"))


def _story(story: Story) -> None:
    squeeze, excite, scale = story.sentences()
    st.markdown(f"**1. Squeeze.** In {story.block}, {squeeze}")
    st.latex(r"z_c = \frac{1}{H W} \sum_{i,j} u_c(i, j)")
    st.markdown(f"**2. Excitation.** Then {excite}")
    st.latex(r"s = \sigma(W_2\, \mathrm{ReLU}(W_1 z))")
    st.markdown(f"**3. Scale.** At last, {scale}")
    st.latex(r"x_c = s_c\, u_c")


def _figures(reading: Reading, row: int, block: str, source: str) -> None:
    group = resources.reference()
    order = st.segmented_control(
        "Order of channels",
        list(ORDERS),
        default=next(iter(ORDERS)),
        required=True,
        key="sorted",
        bind="query-params",
    )
    channels = choose_channels(group.profile, block, "all", ORDERS[str(order)])
    table = picture_block(reading, row, block, channels, group)
    source = f"{source}; the usual gate on the {group.title}"
    show(squeeze_and_gate(table), "squeeze-and-gate", table, guide.CHANNELS, source)
    st.subheader("Where this picture differs most from the usual")
    far = strongest(table)
    st.dataframe(
        far[["channel", "squeeze", "gate", "usual", "usual_std", "difference"]].round(3),
        hide_index=True,
        key="strongest",
    )
    st.subheader("A strong channel need not be let through")
    show(squeeze_against_gate(table), "squeeze-against-gate", table, guide.DOTS, source)
