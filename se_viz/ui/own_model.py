"""A person's own network, from a file."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import streamlit as st

from se_viz.nets import own
from se_viz.nets.entry import Progress
from se_viz.nets.network import Network
from se_viz.pictures import INTERPOLATIONS, Source, Spool
from se_viz.ui import output, zoo_picker
from se_viz.ui.models import Model

USUAL = "as usual for such a file"
RESULT = "Its name; without one, the first that has one number for each class is looked at."
LAYOUT_HELP = (
    "For a file of weights: which of our SE-ResNets it is for, such as "
    "`depth=50, width=0.5, classes=10, ratio=16`. A .safetensors file says most of it by itself."
)


def show() -> None:
    """The uploader where the operator allows it, else how to allow it."""
    with st.expander("Open a network of your own"):
        if not own.allowed():
            st.markdown(own.how_to_allow())
            return
        st.markdown("Open files of people you trust only: `.keras`, `.safetensors`, `.weights.h5`.")
        limits = "\n\n".join(own.Limits().describe())
        file = st.file_uploader("Network file", key="own file", help=limits)
        options = _options()
        label = f"Open {file.name}" if file else "Open"
        if st.button(label, disabled=file is None, key="open own") and file:
            _open(file.name, file.getvalue(), options)


def _options() -> tuple[dict, dict]:
    """What the file does not say: (keywords of `own.choice`, those of `own.Options`)."""
    left, right = st.columns(2)
    with left:
        st.file_uploader("Class names, one a line (optional)", key="own classes")
        pixels = st.selectbox(
            "Pixels",
            [USUAL, *own.PIXELS],
            format_func=lambda key: f"{key}: {own.EXPLAINED[key]}" if key in own.PIXELS else key,
            key="own pixels",
        )
        layout = st.text_input("Layout", key="own layout", help=LAYOUT_HELP)
    with right:
        size = st.number_input("Size (pixels)", 16, 1024, 224, key="own size")
        crop = st.number_input("Part of the short side kept", 0.1, 1.0, 1.0, key="own crop")
        how = st.selectbox("Resized with", list(INTERPOLATIONS), key="own interpolation")
        kind = output.kind_of("Output", "", "own output")
        result = st.text_input("Result, where it gives several", key="own result", help=RESULT)
    kept = {"pixels": pixels, "size": int(size), "crop": float(crop), "interpolation": how}
    return kept, {"layout": layout, "output": kind, "result": result.strip()}


def _open(name: str, data: bytes, chosen: tuple[dict, dict]) -> None:
    try:
        options = _read_options(chosen)
        model = _model(name, _spooled(name, data), options)
    except ValueError as error:
        st.error(str(error), icon=":material/error:")
        return
    zoo_picker.use(model)


def _read_options(chosen: tuple[dict, dict]) -> own.Options:
    keywords, others = chosen
    names = st.session_state.get("own classes")
    return own.Options(
        classes=own.read_classes(names.getvalue()) if names else None,
        preprocessing=None if keywords["pixels"] == USUAL else own.choice(**keywords),
        **others,
    )


def _spooled(name: str, data: bytes) -> Source:
    """The file waits on disk, under its SHA-256."""
    spool, digest = Spool(), hashlib.sha256(data).hexdigest()
    spool.keep(Source(name, None, lambda: data)).read()
    return spool.source(digest, name, None)


def _model(name: str, file: Source, options: own.Options) -> Model:
    """The key tells files, and what was said of them, apart."""
    digest = hashlib.sha256(file.read()).hexdigest()
    said = hashlib.sha256(f"{digest} {options}".encode()).hexdigest()[:16]

    def load(progress: Progress | None) -> Network:
        return own.open_upload(file.read(), name, options)

    def reopen(output: str, result: str) -> Model:
        return _model(name, file, replace(options, output=output, result=result))

    return Model(f"own-{said}", name, True, load, reopen=reopen)
