"""A person's own network, from a file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from se_viz.nets import own
from se_viz.nets import pixel_options as wanted
from se_viz.nets.entry import Progress
from se_viz.nets.network import Network
from se_viz.nets.own.classes import MOST_BYTES
from se_viz.nets.pixel_options import PixelOptions
from se_viz.pictures import INTERPOLATIONS, Source, Spool
from se_viz.pictures.limits import MIB
from se_viz.ui.pages.network import output, refusal
from se_viz.ui.sentences import labels
from se_viz.ui.state.models import Model
from se_viz.ui.widgets import pixels

SIZE = "Without one: as its structure tells, else 224."
CROP = "Without a number, all of it: 1."
USUAL = "as its structure tells, else as usual"
WITH_WEIGHTS = (
    "One file; of one in ONNX, its weights beside it where the exporter put them into another."
)
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
        st.markdown(labels.trusted_files(own.SUFFIXES))
        limits = "\n\n".join(own.FileLimits().describe())
        given = st.file_uploader(
            "Network file",
            key="own file",
            help=f"{WITH_WEIGHTS}\n\n{limits}",
            accept_multiple_files=True,
        )
        files = {file.name: file.getvalue() for file in given}
        name = next(
            (each for each in files if each.lower().endswith(own.SUFFIXES)), min(files, default="")
        )
        options = _options()
        label = labels.open_it(name) if name else "Open"
        if st.button(label, disabled=not name, key="open own") and name:
            _open(name, files, options)


def _options() -> tuple[dict, dict]:
    """What the file does not say: (keywords of `PixelOptions`, others of `own.Options`); None or ""
    for what is left open."""
    left, right = st.columns(2)
    with left:
        st.file_uploader(
            "Class names, one a line (optional)",
            key="own classes",
            max_upload_size=MOST_BYTES // MIB,
        )
        expected = st.selectbox(
            "Pixels",
            ["", *wanted.PIXELS],
            format_func=lambda key: labels.explained(key, wanted.EXPLAINED[key]) if key else USUAL,
            key="own pixels",
        )
        layout = st.text_input(
            "Layout", key="own layout", help=LAYOUT_HELP, placeholder="for instance depth=50"
        )
    with right:
        size = _number("Size (pixels)", 16, 1024, "own size", SIZE, "224")
        crop = _number("Part of the short side kept", 0.1, 1.0, "own crop", CROP, "0.875")
        how = st.selectbox("Resized with", list(INTERPOLATIONS), key="own interpolation")
        kind = output.kind_of("Output", "", "own output")
        result = st.text_input(
            "Result, where it gives several",
            key="own result",
            help=RESULT,
            placeholder="for instance predictions",
        )
    kept = {"pixels": expected or None, "size": size, "crop": crop, "interpolation": how}
    return kept, {"layout": layout, "output": kind, "result": result.strip()}


def _number(label: str, least: float, most: float, key: str, help_text: str, example: str):
    """A number that may be left open."""
    shown = labels.for_instance(example)
    return st.number_input(label, least, most, None, key=key, help=help_text, placeholder=shown)


def _open(name: str, files: dict[str, bytes], chosen: tuple[dict, dict]) -> None:
    try:
        options = _read_options(chosen)
        if len(files) > 1 and not name.lower().endswith(tuple(own.FORMS)):
            raise ValueError(labels.one_file(name))
    except ValueError as error:
        refusal.say(error)
    else:
        pixels.take(_model(name, files, options))


def _read_options(chosen: tuple[dict, dict]) -> own.Options:
    keywords, others = chosen
    names = st.session_state.get("own classes")
    return own.Options(
        classes=own.read_classes(names.getvalue()) if names else None,
        wanted=PixelOptions(**keywords),
        **others,
    )


def _model(name: str, files: dict[str, bytes], options: own.Options) -> Model:
    """The files wait on disk, the network first."""
    spool, waiting, digests = Spool(), [], []
    for each in sorted(files, key=lambda other: (other != name, other)):
        data = files[each]
        digests.append(hashlib.sha256(data).hexdigest())
        spool.keep(Source(each, None, partial(bytes, data))).read()
        waiting.append(spool.source(digests[-1], each, None))
    return _model_of(waiting, " ".join(digests), options, own.open_upload)


def _model_of(
    files: list[Source], digest: str, options: own.Options, opened: Callable[..., Network]
) -> Model:
    """Its key tells files, and what was said of them, apart. Once opened, a file need not be tried
    in a process of its own again for other pixels or another output."""
    said = hashlib.sha256(f"{digest} {options}".encode()).hexdigest()[:16]

    def load(progress: Progress | None) -> Network:
        file, *others = files
        beside = {other.name: other.read() for other in others}
        return opened(file.read(), file.name, options, beside)

    def again(**changes: Any) -> Model:
        wanted = replace(options.wanted, pixels=changes.pop("pixels", options.wanted.pixels))
        changed = replace(options, wanted=wanted, **changes)
        return _model_of(files, digest, changed, own.open_file)

    return Model(f"own-{said}", files[0].name, True, load, again=again)
