"""The sidebar: pictures in, from files, a folder, the camera or synthetic stimuli."""

from __future__ import annotations

import streamlit as st

from se_viz.pictures import (
    FORMATS,
    WHY_STIMULI,
    Remark,
    Skipped,
    Source,
    draw_stimuli,
    gather_uploads,
)
from se_viz.pictures.labels.names import natural, split
from se_viz.pictures.limits import MIB
from se_viz.pictures.remarks import tell
from se_viz.pictures.ways import said
from se_viz.ui.sentences import labels
from se_viz.ui.sentences import pictures as told
from se_viz.ui.state import address, models, resources
from se_viz.ui.state.inference import LIMITS, catch_up, take_in
from se_viz.ui.state.session import Collection, collection, forget
from se_viz.ui.widgets import reading_options, rendered_scenes
from se_viz.ui.widgets.reading_options import WORDS

FILES, FOLDER, CAMERA, STIMULI, SCENES = WAYS = (
    "files or ZIPs",
    "a folder",
    "the camera",
    "pictures drawn by code",
    "rendered scenes",
)
FOLDERS = f"For folders and their names, choose “{FOLDER}” above."
STYLE = "".join(
    f"[class*='st-key-{way.replace(' ', '-')}'] "
    "[data-testid='stFileUploaderDropzoneInstructions'] {display: none}"
    for way in (FILES, FOLDER)
)
"""Style: Streamlit's own words on sizes give way to ours, as pictures and ZIPs have other ones."""


def sidebar() -> None:
    """The uploader and what is there so far; runs new pictures through the network at once."""
    mine, model = collection(), models.current()
    upload = mine.uploads
    with st.sidebar:
        mine.network = model.key
        if not model.built_in:
            st.caption(labels.network_at_side(model.title))
        st.subheader("Your pictures")
        way = st.selectbox("From", WAYS, key="way")
        sources = [*_sources(way, mine), *rendered_scenes.asked()]
        try:
            catch_up(mine, model)
            if sources:
                take_in(sources, mine, upload)
                _choose(mine)
                st.rerun()
        except Exception:  # no network, not even the built-in one, keeps a person's pictures
            _remove()
            raise
        _summary(mine)


def _sources(way: str, mine: Collection) -> list[Source | Skipped | Remark]:
    key = f"{way} {mine.uploads}"
    if way == STIMULI:
        return _stimuli(key)
    if way == SCENES:
        rendered_scenes.in_sidebar()
        return []
    if way == CAMERA:
        shot = st.camera_input("Take a picture", key=key)
        name = f"camera {mine.uploads + 1}.jpg"
        return list(gather_uploads([(name, shot)], LIMITS)) if shot else []
    folder = way == FOLDER
    files = st.file_uploader(
        "Choose a folder; its folders name the classes" if folder else "Drop pictures or ZIPs",
        accept_multiple_files="directory" if folder else True,
        key=key,
        help=told.uploading(FORMATS, LIMITS),
    )
    st.caption(_most() if folder else f"{_most()} {FOLDERS}")
    reading_options.show()
    if not files or reading_options.problem():
        return []
    if folder:  # browsers hand its files over in an order of their own
        files = sorted(files, key=lambda file: natural(split(file.name)))
    named = [(file.name, file) for file in files]
    return list(gather_uploads(named, LIMITS, reading_options.chosen()))


def _most() -> str:
    """What a file may have at most, which is not what Streamlit's uploader says."""
    whole = min(LIMITS.upload_bytes, st.get_option("server.maxUploadSize") * MIB)
    return told.most(LIMITS.file_bytes, whole)


def _stimuli(key: str) -> list[Source | Skipped | Remark]:
    stimuli = draw_stimuli()
    families = list(dict.fromkeys(stimulus.family for stimulus in stimuli))
    chosen = st.multiselect("Kinds", families, default=families, key=f"kinds {key}")
    picked = [stimulus for stimulus in stimuli if stimulus.family in chosen]
    pressed = st.button(told.draw(len(picked)), disabled=not picked, key=key)
    st.caption(WHY_STIMULI)
    return [stimulus.source() for stimulus in picked] if pressed else []


def _choose(mine: Collection) -> None:
    """Show the uploaded classes, beside the built-in ones, or those of them that the link wants."""
    if not len(mine):
        return
    asked, labels = address.first_classes(), set(mine.labels)
    known = [*mine.labels, *(resources.reference().profile.classes if asked else ())]
    linked = [name for name in asked if name in known] if labels & set(asked) else []
    st.session_state["classes"] = linked or list(dict.fromkeys(mine.labels))[:10]
    st.session_state["show"] = "both"


def _summary(mine: Collection) -> None:
    if not len(mine) and not mine.skipped:
        return
    said_all = told.how_many(len(mine), len(set(mine.labels)))
    st.success(said_all, icon=":material/check:")
    if mine.skipped:
        count = sum(item.count for item in mine.skipped)
        st.warning(told.skipped(count), icon=":material/info:")
        with st.expander("Which, and why"):
            for item in mine.skipped[:50]:
                st.text(said(item.reason, WORDS))
            if len(mine.skipped) > 50:
                st.text(told.more_skipped(len(mine.skipped) - 50))
    if mine.remarks:
        with st.expander("How your files were read"):
            for text in tell(mine.remarks, WORDS)[:50]:
                st.text(text)
    _remove()


def _remove() -> None:
    st.button("Remove all pictures", on_click=forget, key="forget")
