"""The class profile of a network that has none: made from one's pictures, saved, opened again."""

from __future__ import annotations

import io
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest

from se_viz import profiles
from se_viz.manifest import of_npz
from se_viz.nets import builtin
from se_viz.ui.pages.findings import STIMULI_ASKED
from se_viz.ui.pages.gates import NO_PROFILE
from se_viz.ui.pages.network import class_profile
from se_viz.ui.state.models import PARAMETER
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import (
    PAGES,
    QUIET,
    go,
    labelled,
    legend,
    mine,
    open_app,
    shows,
    sound,
    upload,
)
from tests.ui.networks import model_of, open_through, tiny
from tests.ui.saving import saving

MODEL = model_of("profiled", tiny)
FOLDERS = {f"{'cats' if seed < 2 else 'dogs'}/{seed}.png": picture(seed) for seed in range(4)}


@pytest.fixture
def app():
    return upload(open_through(MODEL, QUIET), {"mine.zip": zip_of(FOLDERS)})


@pytest.fixture
def made(app):
    return make(app)


@pytest.fixture(scope="module")
def saved() -> bytes:
    app = make(upload(open_through(MODEL, QUIET), {"mine.zip": zip_of(FOLDERS)}))
    return profiles.as_npz(kept(app))


def make(app):
    go(app, "network").main.button(key="make profile").click()
    return sound(app.run())


def kept(app) -> profiles.Profile:
    (group,) = app.session_state["profiles"].values()
    return group.profile


def hand_in(app, name: str, data: bytes):
    """Open a file of a profile on the page of the network."""
    uploader = labelled(go(app, "network").main.file_uploader, "Open a profile")
    uploader.set_value((name, data, "application/octet-stream"))
    return sound(app.run())


def said(app) -> str:
    """All sentences of a page."""
    return "\n".join(line.value for line in app.main.markdown)


def asked_of(app) -> list[str]:
    titles = [line.value for line in go(app, "findings").main.subheader]
    (said,) = (title for title in titles if title.startswith("Measured on: "))
    return said.removeprefix("Measured on: ").split("; ")


def test_without_pictures_there_is_nothing_to_make_it_of():
    app = open_through(MODEL, "network")
    assert app.main.button(key="make profile").disabled
    assert "then press the button. Until then, pictures drawn by code stand in." in said(app)
    assert "--model" not in said(app)


def test_at_first_stimuli_stand_in_and_the_pages_say_so(app):
    assert [box.value for box in go(app, "gates").main.info] == [NO_PROFILE]
    assert asked_of(app)[0].endswith("pictures drawn by code")
    assert [box.value for box in app.main.info] == [STIMULI_ASKED]


def test_the_built_in_network_has_one():
    assert not open_app().main.info
    assert not [node for node in open_app("network").main.button if "profile" in node.label]


def test_once_made_the_pages_use_it(made):
    assert "In use: **your profile, 4 pictures** in 2 classes." in said(made)
    go(made, "gates")
    assert not made.main.info
    assert legend(made) == ["cats", "dogs", "all"]
    assert asked_of(made) == ["your profile, 4 pictures"]
    assert not made.main.info
    assert made.main.warning[0].value.startswith("The smallest class has 2 pictures.")


def test_pictures_that_come_later_lie_beside_it(made):
    upload(made, {"birds.zip": zip_of({"birds/9.png": picture(9)})})
    names = legend(go(made, "gates"))
    assert {"cats", "dogs", "birds", "your profile, 4 pictures", "your 5 pictures"} <= set(names)
    assert asked_of(made) == ["your profile, 4 pictures", "your 5 pictures"]
    assert kept(made).counts == {"cats": 2, "dogs": 2}


def test_the_profile_stays_where_the_pictures_go(made):
    made.sidebar.button(key="forget").click()
    sound(made.run())
    assert not len(mine(made))
    for path in PAGES:
        assert shows(go(made, path), path)
    assert asked_of(made) == ["your profile, 4 pictures"]


def test_it_can_be_forgotten(made):
    go(made, "network")
    labelled(made.main.button, "Forget the profile").click()
    sound(made.run())
    assert "In use" not in said(made)
    assert not made.session_state["profiles"]
    assert [box.value for box in go(made, "gates").main.info] == [NO_PROFILE]
    assert {"cats", "dogs", "your 4 pictures"} <= set(legend(made))


def test_a_saved_one_is_opened_in_a_new_session(saved):
    app = hand_in(open_through(MODEL), "mine.npz", saved)
    assert not app.main.error
    assert "In use: **mine.npz, 4 pictures** in 2 classes." in said(app)
    assert kept(app).counts == {"cats": 2, "dogs": 2}
    assert legend(go(app, "gates")) == ["cats", "dogs", "all"]
    assert asked_of(app) == ["mine.npz, 4 pictures"]


def test_the_saved_file_says_of_which_pictures_it_is_and_who_opened_one_has_it():
    with saving() as files:
        app = make(upload(open_through(MODEL, QUIET), {"mine.zip": zip_of(FOLDERS)}))
        go(app, "network")
    data = files["profile.npz"]()
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        listed = of_npz(file)["pictures"]["listed"]
    digests = {sha256(file).hexdigest() for file in FOLDERS.values()}
    assert {row["sha256"] for row in listed} == digests
    assert [row["class"] for row in listed] == ["cats", "cats", "dogs", "dogs"]
    with saving() as files:
        opened = hand_in(open_through(MODEL), "mine.npz", data)
    assert kept(opened).counts == {"cats": 2, "dogs": 2}
    assert "profile.npz" not in files


def test_other_sessions_do_not_see_it(made):
    other = open_through(MODEL)
    assert [box.value for box in other.main.info] == [NO_PROFILE]
    assert "cats" not in legend(other)


def test_that_of_another_network_is_refused():
    app = hand_in(open_through(MODEL), "theirs.npz", builtin.PROFILE.read_bytes())
    assert [box.value for box in app.main.error] == [
        "theirs.npz cannot be used. It is a profile of builtin, or of other weights; this is "
        "profiled, and gates of different networks are never mixed."
    ]
    assert not app.session_state["profiles"]
    assert not go(app, "gates").error


def changed(saved: bytes, **facts) -> bytes:
    found = profiles.load(io.BytesIO(saved))
    return profiles.as_npz(replace(found, **facts))


def test_that_of_other_weights_or_preprocessing_is_refused(saved):
    origin = profiles.load(io.BytesIO(saved)).origin
    crop = origin.preprocessing | {"crop": 0.5}
    for other, why in (
        (replace(origin, fingerprint="0" * 64), "or of other weights"),
        (replace(origin, preprocessing=crop), "in another way"),
    ):
        app = hand_in(open_through(MODEL), "theirs.npz", changed(saved, origin=other))
        assert why in app.main.error[0].value
        assert not app.session_state["profiles"]


def test_one_of_no_picture_is_refused(saved):
    found = profiles.load(io.BytesIO(saved))
    nothing = profiles.empty((), found.blocks, found.origin)
    app = hand_in(open_through(MODEL), "nothing.npz", profiles.as_npz(nothing))
    assert [box.value for box in app.main.error] == [
        "nothing.npz cannot be used. It is a profile of no picture."
    ]


@pytest.mark.parametrize(
    "data",
    [b"", b"junk", zip_of({}), zip_of({"a.txt": b"b"}), "torn"],
    ids=["nothing", "junk", "an empty ZIP", "a ZIP of a text", "torn"],
)
def test_what_is_no_profile_is_refused(saved, data):
    data = saved[: len(saved) // 2] if data == "torn" else data
    app = hand_in(open_through(MODEL), "mine.npz", data)
    assert [box.value for box in app.main.error] == [
        "mine.npz cannot be used. It cannot be read as a profile."
    ]
    assert not app.session_state["profiles"]
    assert not go(app, "gates").error


def test_one_that_would_fill_the_memory_is_refused(saved, monkeypatch):
    with np.load(io.BytesIO(saved)) as file:
        size = sum(array.nbytes for array in file.values())
    monkeypatch.setattr(class_profile, "UNPACKED", size - 1)
    app = hand_in(open_through(MODEL), "bomb.npz", saved)
    assert app.main.error[0].value.startswith("bomb.npz cannot be used. It unpacks to more than")
    monkeypatch.setattr(class_profile, "UNPACKED", size)
    assert not hand_in(open_through(MODEL), "mine.npz", saved).main.error


def test_it_is_of_one_preprocessing_as_well_as_of_its_weights(made):
    def load(progress):
        network = MODEL.load(progress)
        return replace(network, preprocessing=replace(network.preprocessing, mean=(0.5, 0.5, 0.5)))

    other = replace(MODEL, key="otherwise", load=load)
    made.session_state["own models"] = {MODEL.key: MODEL, other.key: other}
    for model, used in ((other, False), (MODEL, True)):
        made.session_state[PARAMETER] = model.key
        assert ("In use" in said(go(made, "network"))) == used
        go(made, "picture")
        kept = list(made.session_state["inside"].values())[-1]
        z = next(iter(mine(made).reading.squeezes.values()))[0]
        np.testing.assert_allclose(kept.z, z, atol=1e-4)


LOOSE = {**FOLDERS, "8.png": picture(8)}


def test_a_profile_of_guesses_says_so_wherever_it_goes():
    app = upload(open_through(MODEL, QUIET), {"mine.zip": zip_of(LOOSE)})
    with saving() as files:
        go(app, "pictures")
    lines = files["predictions.csv"]().decode().splitlines()
    assert lines[0].startswith("picture,class,class_from,rank,")
    assert {line.split(",")[2] for line in lines if line.startswith("8.png")} == {"prediction"}
    with np.load(io.BytesIO(files["gates.npz"]())) as file:
        marked = dict(zip(file["names"].tolist(), file["guessed"].tolist(), strict=True))
        listed = of_npz(file)["pictures"]["listed"]
    assert marked == {row["name"]: row["class_from"] == "prediction" for row in listed}
    assert [name for name, guess in marked.items() if guess] == ["8.png"]
    make(app)
    assert "In use: **your profile, 5 pictures, classes of 1 guessed**" in said(app)
    assert "No folder names the classes of 1 picture" in "\n".join(
        line.value for line in app.main.caption
    )
    assert sum(kept(app).guessed.values()) == 1
    again = hand_in(open_through(MODEL), "mine.npz", profiles.as_npz(kept(app)))
    assert "In use: **mine.npz, 5 pictures, classes of 1 guessed**" in said(again)


def test_a_class_that_a_person_names_is_no_guess_any_more():
    app = upload(open_through(MODEL, QUIET), {"mine.zip": zip_of(LOOSE)})
    assert mine(app).group().title == "your 5 pictures, classes of 1 guessed"
    row = mine(app).class_from.index("prediction")
    mine(app).rename({row: "birds"})
    assert mine(app).group().title == "your 5 pictures"
    assert not mine(app).labelled().guessed.any()
