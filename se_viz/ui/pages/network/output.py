"""What the network of the pages gives, how that is known, and a choice where it is another."""

from __future__ import annotations

import streamlit as st

from se_viz.nets.output import KINDS, Output
from se_viz.ui.escaping import plain
from se_viz.ui.sentences import labels
from se_viz.ui.state import resources
from se_viz.ui.state.models import Model
from se_viz.ui.widgets import pixels

FOUND = "as its structure and its file tell"
HELP = "Choose it where the network gives something else than it was taken for."


def kind_of(label: str, chosen: str, key: str) -> str:
    """A widget to say what an output is: one of `KINDS`, or "" for what is found."""
    kinds = ["", *KINDS]
    row = kinds.index(chosen)
    return str(st.selectbox(label, kinds, row, format_func=_line, key=key, help=HELP))


def _line(kind: str) -> str:
    return labels.explained(kind, KINDS[kind]) if kind else FOUND


def show(model: Model) -> None:
    """What it gives, and for a person's own network what else it could be."""
    output = resources.output()
    st.subheader("What it gives")
    if output.known == "assumed":
        st.warning(plain(labels.assumed(output.text)), icon=":material/info:")
    else:
        st.markdown(plain(output.text))
    if model.again is not None:
        _choose(model, output)


def _choose(model: Model, output: Output) -> None:
    """Other words for it, or another result; the network is opened anew with them."""
    assert model.again is not None  # the caller's condition
    with st.container(horizontal=True, vertical_alignment="bottom"):
        said = output.kind if output.known == "said" else ""
        kind = kind_of("Its output", said, f"output of {model.key}")
        result, results = output.result, list(output.results)
        if len(results) > 1 and result:
            row = results.index(result)
            result = st.selectbox("Its result", results, row, key=f"result of {model.key}")
        same = (kind, result) == (said, output.result)
        if st.button("Look at it so", key="reopen", disabled=same):
            result = result if len(results) > 1 else ""
            pixels.take(model.again(output=kind, result=result))
