"""The class profile of a network that has none built in: made here, saved, opened again."""

from __future__ import annotations

from typing import BinaryIO

import streamlit as st

from se_viz import profiles
from se_viz.analysis.profiles.groups import Group, guesses
from se_viz.manifest import Manifest, inside
from se_viz.probe.reading import GUESSED
from se_viz.profiles import Profile
from se_viz.ui.escaping import sentence
from se_viz.ui.sentences.networks import network as said
from se_viz.ui.state import history, resources
from se_viz.ui.state.session import collection
from se_viz.ui.widgets.figure_card import download

MOST, UNPACKED = 200 * 2**20, 2**30
"""Bytes of a profile's file, as it is and unpacked; it is read into memory."""
HOW = (
    "No class profile of this network ships with the app. To make one, drop a folder that holds a "
    "folder of pictures for each class (a few dozen of each), then press the button. Until then, "
    "pictures drawn by code stand in."
)


def show() -> None:
    """How to make a profile, the one in use, and a file to open."""
    st.subheader("Its class profile")
    key = resources.profile_key()
    made = resources.profiles().get(key)
    if made is None:
        st.markdown(HOW)
    else:
        st.markdown(sentence(said.profile_in_use(made.title, len(made.profile.classes))))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _make()
        if made:
            _save(made, key)
            st.button("Forget the profile", on_click=_forget, args=(key,))
    guessed = collection().class_from.count(GUESSED)
    if guessed:
        st.caption(said.guesses_stand_in(guessed))
    _open()


def _save(made: Group, key: tuple[str, ...]) -> None:
    """A button for a profile made here; who opened one has its file."""
    manifest = _manifests().get(key)
    if manifest:
        found, label = made.profile, "Save the profile (NPZ)"
        download("profile.npz", lambda: inside(profiles.as_npz(found), manifest), label)


def _manifests() -> dict[tuple[str, ...], Manifest]:
    """What the profiles made in this session were made of, by `profile_key`."""
    return st.session_state.setdefault("profile manifests", {})


def _make() -> None:
    mine = collection()
    if st.button(said.make_profile(len(mine)), disabled=not len(mine), key="make profile"):
        group = mine.group()
        assert group is not None  # there are pictures
        made = group.profile
        kept = Group(said.profile_of("your profile", len(mine), guesses(made)), made)
        _keep(kept, history.manifest_of_now("profile", "measured on these pictures")())


def _open() -> None:
    times = st.session_state.setdefault("profiles opened", 0)
    key = f"profile file {times}"
    file = st.file_uploader("Open a profile", type="npz", key=key, max_upload_size=MOST // 2**20)
    if file is None:
        return
    try:
        found = _read(file)
    except ValueError as error:
        st.error(sentence(said.cannot_be_used(file.name, error)), icon=":material/error:")
        return
    st.session_state["profiles opened"] = times + 1
    _keep(Group(said.profile_of(file.name, found.pictures, guesses(found)), found))


def _read(file: BinaryIO) -> Profile:
    from se_viz.engines.origins import refuse_other

    found = profiles.load(file, "It", UNPACKED)
    refuse_other(found, resources.probe())
    if not found.pictures:
        raise ValueError("It is a profile of no picture.")
    return found


def _keep(group: Group, manifest: Manifest | None = None) -> None:
    key = resources.profile_key()
    _forget(key)
    resources.profiles()[key] = group
    if manifest:
        _manifests()[key] = manifest
    st.rerun()


def _forget(key: tuple[str, ...]) -> None:
    """Classes are chosen anew, as there are others then."""
    resources.profiles().pop(key, None)
    _manifests().pop(key, None)
    st.session_state.pop("classes", None)
