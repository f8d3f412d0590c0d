"""The page of the block: what ships before any network, one's own when asked for."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from se_viz.ui.state import block_views, chosen_block
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import QUIET, ROOT, components, go, open_app, sound, upload
from tests.ui.networks import model_of, open_through, tiny
from tests.ui.saving import manifest, saving

BEFORE = """
import sys
from tests.ui.driver import go, open_app
from tests.ui.pages.block.test_page import data_of
data = data_of(open_app("block"))
print(data["picture"]["name"], len(data["picture"]["insides"]), sep="|")
print(*sys.modules)
"""


def data_of(app) -> dict:
    """What the figure was handed."""
    (figure,) = components(app)
    return json.loads(figure.proto.json)


@pytest.fixture(scope="module")
def network():
    return model_of("looked into", tiny)


def test_it_moves_before_tensorflow_is_loaded():
    done = subprocess.run(
        [sys.executable, "-c", BEFORE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    shown, modules = done.stdout.splitlines()
    assert shown.split("|") == ["English springer, face", "16"]
    assert not {"tensorflow", "keras"} & set(modules.split())


def test_a_link_opens_what_it_names_and_keeps_it():
    asked = {"block": "SE_5_1", "channel": "3", "light": "blur-2", "step": "excite", "ratio": "4"}
    app = open_app("block", **asked, picture="church-meadow")
    data = data_of(app)
    wanted = {**asked, "channel": 3, "ratio": 4}
    assert data["choice"] == wanted
    assert data["picture"]["name"] == "church, meadow"
    assert {key: app.query_params[key] for key in asked} == asked
    assert data_of(sound(app.run()))["choice"] == wanted


def test_what_is_chosen_here_is_chosen_when_one_comes_back():
    app = open_app("block", block="SE_4_2")
    go(go(app, "findings"), "block")
    assert data_of(app)["choice"]["block"] == "SE_4_2"


def test_a_lesson_may_point_to_a_part_and_to_nothing_else():
    assert data_of(open_app("block", focus="bottleneck"))["focus"] == "bottleneck"
    assert data_of(open_app("block", focus="<b>"))["focus"] == ""


def test_numbers_are_saved_with_their_manifest():
    with saving() as files:
        open_app("block", block="SE_2_1")
    assert files["block.csv"]().startswith(b"block,kind,strength,channel,squeeze,gate,scaled_mean")
    made = manifest(files, "block")
    assert made["what"] == "block"
    assert made["settings"]["block"] == ["SE_2_1"]


def test_a_file_of_other_weights_is_not_shown(monkeypatch):
    record = block_views._of_file()
    assert record is not None
    monkeypatch.setitem(record.record, "weights_sha256", "0" * 64)
    data = data_of(open_app("block"))
    assert list(data["picture"]["insides"]) == ["SE_3_3"]
    assert data["picture"]["lights"][1]["common"] is None


def test_ones_own_picture_goes_through_any_network(network):
    files = {"cats/1.png": picture(1), "dogs/2.png": picture(2)}
    app = upload(open_through(network, QUIET), {"mine.zip": zip_of(files)})
    digest = app.session_state["collection"].shots[1].digest[:12]
    data = data_of(go(app, "block", picture=digest, block="SE_1"))
    assert data["picture"]["name"] == "2.png"
    assert list(data["picture"]["insides"]) == ["SE_1"]
    assert [block["part"] for block in data["blocks"]] == ["SE_1 to SE_3"] * 3
    assert data["picture"]["lights"][0]["answers"][0]["gates"] == "adaptive"
    data = data_of(go(app, "block", picture=digest, block="SE_3"))
    assert list(data["picture"]["insides"]) == ["SE_1", "SE_3"]
    assert len(data["picture"]["insides"]["SE_3"]["channels"]) == 8


def test_many_pictures_have_a_list(network):
    files = {f"cats/{n}.png": picture(n) for n in range(10, 14)}
    app = upload(open_through(network, QUIET), {"mine.zip": zip_of(files)})
    go(app, "block")
    (box,) = (each for each in app.main.selectbox if each.label == "Picture")
    box.select_index(6)
    assert data_of(sound(app.run()))["picture"]["name"] == "13.png"


def overflowing():
    """As where training went wrong: 3e38 times two is no number any more."""
    model = tiny()
    kernel, bias = model.layers[1].get_weights()
    model.layers[1].set_weights([np.full_like(kernel, 1e38), bias])
    return model


def test_a_network_whose_numbers_overflow_gets_a_sentence():
    app = open_through(model_of("overflowing", overflowing), "block")
    (box,) = app.main.warning
    assert "are no numbers (nan)" in box.value
    assert not components(app)
    (pictures,) = (each for each in app.main.selectbox if each.label == "Picture")
    assert len(pictures.options) == 3


def test_a_network_that_says_no_classes_shows_its_gates():
    import keras

    def headless():
        model = tiny()
        return keras.Model(model.inputs, model.layers[-3].output)

    data = data_of(open_through(model_of("headless", headless, ("a",)), "block"))
    assert data["picture"]["lights"][0]["answers"] == []
    assert len(data["picture"]["lights"][0]["strips"]) == 3


def test_the_block_that_it_opens_with_is_no_choice_for_other_pages():
    app = open_app("block")
    data = data_of(app)
    assert app.query_params["block"] == data["start"]
    assert chosen_block.CHOSEN not in app.session_state
    assert go(app, "channel").main.header[0].value != f"One channel of {data['start']}"
    app = open_app("block", block="SE_4_2")
    assert app.session_state[chosen_block.CHOSEN] == "SE_4_2"
