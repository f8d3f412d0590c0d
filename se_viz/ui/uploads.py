"""The sidebar: pictures in, from files, a folder, the camera or drawn by code."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from se_viz.pictures import (
    HEIC,
    WHY_STIMULI,
    Limits,
    Skipped,
    Source,
    draw_stimuli,
    gather_uploads,
)
from se_viz.ui import resources
from se_viz.ui.session import Collection, Shot, collection, counted, forget, shot_of

LIMITS = Limits(upload_files=5_000, upload_bytes=1024 * 1024 * 1024)
FILES, FOLDER, CAMERA, DRAWN = WAYS = (
    "files or ZIPs",
    "a folder",
    "the camera",
    "pictures drawn by code",
)


def sidebar() -> None:
    """The uploader and what is there so far; runs new pictures through the network at once."""
    mine = collection()
    with st.sidebar:
        st.subheader("Your pictures")
        way = st.selectbox("From", WAYS, key="way")
        sources = _sources(way, mine)
        if sources:
            _run(sources, mine)
        _summary(mine)


def _sources(way: str, mine: Collection) -> list[Source | Skipped]:
    key = f"{way} {mine.uploads}"
    if way == DRAWN:
        return _drawn(key)
    if way == CAMERA:
        shot = st.camera_input("Take a picture", key=key)
        name = f"camera {mine.uploads + 1}.jpg"
        return list(gather_uploads([(name, shot)], LIMITS)) if shot else []
    folder = way == FOLDER
    files = st.file_uploader(
        "Choose a folder; its folders name the classes" if folder else "Drop pictures or ZIPs",
        accept_multiple_files="directory" if folder else True,
        key=key,
        help=_help(),
    )
    return list(gather_uploads([(file.name, file) for file in files], LIMITS)) if files else []


def _help() -> str:
    formats = "JPEG, PNG, WebP, GIF, BMP, TIFF" + (", HEIC" if HEIC else "")
    lines = [
        f"{formats}, one by one or in ZIPs. Names of folders become classes; pictures without a "
        "folder get the network's own prediction, and every label can be changed later.",
        "Pictures stay in this session's memory as small thumbnails and gates, and are gone "
        "when the tab is closed.",
        *LIMITS.describe(),
    ]
    return "\n\n".join(lines)


def _drawn(key: str) -> list[Source | Skipped]:
    stimuli = draw_stimuli(resources.provenance()["preprocessing"]["size"])
    families = list(dict.fromkeys(stimulus.family for stimulus in stimuli))
    chosen = st.multiselect("Kinds", families, default=families, key=f"kinds {key}")
    picked = [stimulus for stimulus in stimuli if stimulus.family in chosen]
    pressed = st.button(f"Draw {len(picked)} pictures", disabled=not picked, key=key)
    st.caption(WHY_STIMULI)
    return [stimulus.source() for stimulus in picked] if pressed else []


def _run(sources: list[Source | Skipped], mine: Collection) -> None:
    """Decode, pass through the network, take in; the uploaded files are released after."""
    bar = st.progress(0.0, "Loading the network (only the first time)")
    probe = resources.probe()
    from se_viz.engines.local import origin_of, read_pictures
    from se_viz.probe.reading import join

    readings, done = [], 0
    shots: list[Shot] = []
    skipped: list[Skipped] = []
    room = LIMITS.upload_files - len(mine)
    for chunk in read_pictures(probe, _within(sources, room), LIMITS, known=mine.known):
        if chunk.reading:
            readings.append(chunk.reading)
            shots += map(shot_of, chunk.pictures, chunk.reading.labels)
        skipped += chunk.skipped
        done += len(chunk.pictures) + len(chunk.skipped)
        bar.progress(min(done / len(sources), 1.0), f"{done:,} of {len(sources):,} files")
    mine.blocks, mine.origin = probe.blocks, origin_of(probe, "pictures of this session")
    if readings:
        mine.add(join(readings), shots)
        _choose(mine)
    mine.skipped += skipped
    mine.uploads += 1
    st.rerun()


def _within(sources: list[Source | Skipped], room: int) -> Iterable[Source | Skipped]:
    """As many as a session may hold; one sentence stands for the others."""
    yield from sources[:room]
    rest = sources[room:]
    if rest:
        name = rest[0].name
        who = f"{name} was" if len(rest) == 1 else f"{name} and {len(rest) - 1:,} more were"
        reason = f"{who} left out, since a session holds {LIMITS.upload_files:,} pictures at most."
        yield Skipped(name, reason)


def _choose(mine: Collection) -> None:
    """Show the uploaded classes, beside the built-in ones."""
    st.session_state["classes"] = list(dict.fromkeys(mine.labels))[:10]
    st.session_state["show"] = "both"


def _summary(mine: Collection) -> None:
    if not len(mine) and not mine.skipped:
        return
    classes = counted(len(set(mine.labels)), "class", "es")
    st.success(f"{counted(len(mine), 'picture')} in {classes}.", icon=":material/check:")
    if mine.skipped:
        st.warning(f"Skipped: {counted(len(mine.skipped), 'file')}.", icon=":material/info:")
        with st.expander("Which, and why"):
            for item in mine.skipped[:50]:
                st.text(item.reason)
            if len(mine.skipped) > 50:
                st.text(f"... and {len(mine.skipped) - 50:,} more, on the page Your pictures.")
    st.button("Remove all pictures", on_click=forget, key="forget")
