"""One picture's light: the dial, the ghost, the predictions, and gates held in one stage."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from se_viz.experiments.shifts.gate_sources import FROZEN
from se_viz.pictures import PictureError
from se_viz.pictures.shifts import KINDS
from se_viz.ui.pages.picture.light_dial import places
from se_viz.ui.sentences.one_picture import light as said
from se_viz.ui.widgets.picture_picker import Subject
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import choose, figure, figures, go, open_app, sound, upload
from tests.ui.networks import model_of, open_through, tiny
from tests.ui.saving import manifest, saving

SHIFTED = ["all-gates", "in-this-light", "held-in-one-stage"]
FOLDERS = {f"{name}/{seed}.png": picture(seed) for seed, name in enumerate("aabb")}


def open_tiny(**query):
    model = model_of("light", lambda: tiny((16, 8, 8)), ("a", "b"))
    app = upload(open_through(model), {"mine.zip": zip_of(FOLDERS)})
    return go(app, "picture", **query)


def turn(app, strength: str, kind: str = "contrast"):
    app.select_slider(key=kind).set_value(strength)
    return sound(app.run())


def told(app) -> str:
    return "\n".join(node.value for node in (*app.main.markdown, *app.main.caption))


def rows(files, name: str = "in-this-light"):
    return pd.read_csv(io.BytesIO(files[f"{name}.csv"]()))


@pytest.mark.parametrize("kind", KINDS)
def test_a_dial_goes_from_harmless_to_the_end_of_the_course(kind):
    shift, found = KINDS[kind], places(KINDS[kind])
    assert (float(found[0]), float(found[-1])) == (shift.harmless, shift.course[-1])
    assert len(found) == len(set(found)) <= 210
    for strength in map(float, found):
        shift.refuse_misfit(strength)
    assert {f"{strength:g}" for strength in shift.strengths} <= set(found)


def test_as_it_is_nothing_is_passed_and_turned_down_gates_ghost_and_predictions_follow():
    app = open_tiny()
    assert figures(app)[0] == "all-gates"
    assert not set(SHIFTED[1:]) & set(figures(app))
    clean = figure(app, "all-gates")["data"]
    turn(app, "0.3")
    assert set(SHIFTED) <= set(figures(app))
    bars, _, ghost, *moves = figure(app, "all-gates")["data"]
    assert bars["y"] != clean[0]["y"]
    assert ghost["line"]["dash"]
    assert len(moves) == 1
    first = figure(app, "in-this-light")["data"]
    assert figure(turn(app, "0.1"), "in-this-light")["data"] != first
    assert not set(SHIFTED[1:]) & set(figures(turn(app, "1")))


def test_every_kind_has_a_dial_the_others_under_more():
    app = open_tiny()
    for title, kind in (("Light", "exposure"), ("Blur", "blur"), ("Noise", "noise")):
        choose(app, "light", title)
        assert set(SHIFTED) <= set(figures(turn(app, places(KINDS[kind])[40], kind)))
    choose(app, "light", "more")
    for title, kind in (("JPEG", "jpeg"), ("Cover", "cover")):
        choose(app, "other light", title)
        assert set(SHIFTED) <= set(figures(turn(app, places(KINDS[kind])[40], kind)))


def test_a_link_holds_the_light_and_the_other_class():
    model = model_of("light linked", lambda: tiny((16, 8)), ("a", "b"))
    app = open_through(model, light="Blur", blur="2")
    page = next(k for k, p in app._registered_pages.items() if p["url_pathname"] == "picture")
    app._page_hash = page
    assert set(SHIFTED) <= set(figures(sound(app.run())))
    assert app.select_slider(key="blur").value == "2"


def test_tables_and_manifests_name_shift_strength_and_seed():
    with saving() as files:
        turn(open_tiny(), "0.25")
    for name in SHIFTED:
        table = rows(files, name)
        assert set(zip(table["kind"], table["strength"], table["seed"], strict=True)) == {
            ("contrast", 0.25, 0)
        }
        made = manifest(files, name)
        assert made["source"].endswith("contrast 0.25, seed 0")
        assert made["settings"]["contrast"] == "0.25"


def test_whose_gates_are_given_is_said_and_another_class_may_be_chosen():
    with saving() as files:
        app = turn(open_tiny(), "0.2")
    assert app.selectbox(key="gates of").value == "b"
    assert "Of its class: 1.png (a); Of another class: 2.png (b)." in told(app)
    table = rows(files)
    assert list(table["gates"]) == ["adaptive", "held", "other-class"]
    assert FROZEN not in set(table["gates"])
    assert said.NO_FROZEN.split(";")[0] in told(app)
    assert said.NO_RECORD in told(app)
    placed = rows(files, "held-in-one-stage")
    assert set(placed["where"]) == {"all", "first third", "second third", "third third"}


def test_a_network_that_says_no_classes_moves_its_gates_all_the_same():
    model = model_of("light of scores", lambda: tiny((16, 8)))
    load = model.load

    def scores(progress):
        network = load(progress)
        return replace(network, told=replace(network.told, kind="scores", published=False))

    app = open_through(replace(model, load=scores), "picture")
    turn(app, "0.2")
    assert "in-this-light" not in figures(app)
    assert len(figure(app, "all-gates")["data"]) == 4
    assert said.NO_CLASSES in told(app)


def test_a_picture_that_is_gone_keeps_its_gates_and_has_no_dial(monkeypatch):
    app = open_tiny()

    def gone(self):
        raise PictureError("a.png is no longer at hand.")

    monkeypatch.setattr(Subject, "model_input", gone)
    app.main.selectbox[0].set_value(1)
    sound(app.run())
    assert "contrast" not in [slider.key for slider in app.main.select_slider]
    assert said.GONE in told(app)
    assert figures(app)[0] == "all-gates"


def test_the_built_in_network_freezes_at_its_profile_and_says_what_many_pictures_say():
    with saving() as files:
        app = turn(open_app("picture"), "0.4")
    table = rows(files)
    assert list(table["gates"]) == ["adaptive", "held", "frozen", "other-class"]
    gates = rows(files, "all-gates")
    assert np.isfinite(gates["spreads"]).all()
    assert "Frozen at the mean over: built-in validation set" in told(app)
    assert json.loads(files["all-gates.json"]())["settings"]["light"] == "Contrast"
