"""A network of one's own, from a file: off until it is turned on, refused with a sentence."""

from __future__ import annotations

import re

import pytest

from se_viz.nets import own
from se_viz.nets.builtin import TITLE
from se_viz.nets.own.isolation import open_upload
from se_viz.probe.gates.blind import NOWHERE
from tests.nets.own.files import plain, saved, with_layer
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import (
    PAGES,
    QUIET,
    blocks,
    figures,
    go,
    labelled,
    mine,
    open_app,
    shows,
    sound,
    upload,
)
from tests.ui.networks import tiny

LAMBDA = {"module": "keras.layers", "class_name": "Lambda", "config": {"name": "added"}}
FILES = {"cats/1.png": picture(1), "2.png": picture(2)}


@pytest.fixture(autouse=True)
def turned_on(monkeypatch):
    """Files may be opened, and are not tried first in a process of their own, for seconds."""
    monkeypatch.setenv(own.SWITCH, "1")
    monkeypatch.setattr(own, "open_upload", own.open_file)


@pytest.fixture
def tried(turned_on, monkeypatch):
    """As in the app: files are tried in a process of their own."""
    monkeypatch.setattr(own, "open_upload", open_upload)


@pytest.fixture
def app():
    return upload(open_app(QUIET), {"mine.zip": zip_of(FILES)})


def hand_in(app, name: str, data: bytes, classes: bytes | None = None, beside=(), **chosen):
    """Open a file on the page of the network, with files and what is chosen beside it."""
    go(app, "network")
    if classes is not None:
        names = labelled(app.main.file_uploader, "Class names, one a line (optional)")
        names.set_value(("names.txt", classes, "text/plain"))
    labelled(app.main.file_uploader, "Network file").set_value([*beside, (name, data, "")])
    if "pixels" in chosen:
        app.main.selectbox(key="own pixels").set_value(chosen["pixels"])
    if "size" in chosen:
        app.main.number_input(key="own size").set_value(chosen["size"])
    if "crop" in chosen:
        app.main.number_input(key="own crop").set_value(chosen["crop"])
    if "layout" in chosen:
        app.main.text_input(key="own layout").set_value(chosen["layout"])
    sound(app.run())
    app.main.button(key="open own").click()
    return sound(app.run())


def shown(app) -> str:
    return go(app, "network").main.header[0].value.removeprefix("The network: ")


def said(app) -> str:
    return "\n".join(line.value for line in app.main.markdown)


@pytest.mark.parametrize("value", ["", "0", "no"])
def test_it_is_off_and_the_page_says_how_to_turn_it_on(monkeypatch, value):
    monkeypatch.setenv(own.SWITCH, value)
    app = open_app("network")
    assert own.how_to_allow() in said(app)
    assert "SE_VIZ_OWN_MODELS=1 streamlit run app.py" in said(app)
    assert not [node for node in app.main.file_uploader if node.label == "Network file"]
    assert not [node for node in app.main.button if node.label == "Open it"]


def test_without_a_file_there_is_nothing_to_open():
    assert open_app("network").main.button(key="open own").disabled


def test_a_file_shows_its_gates_on_the_pictures_that_are_there(app, tried):
    hand_in(app, "mine.keras", plain())
    assert not app.error
    assert shown(app) == "mine.keras"
    assert "Your own file." in said(app)
    assert len(mine(app).reading) == len(mine(app)) == 2
    assert mine(app).labels[0] in ("class 1", "class 2", "class 3")
    assert blocks(go(app, "gates")) == ["SE_1"]
    for path in PAGES:
        assert shows(go(app, path), path)
        assert not app.error


def test_the_probe_reads_it_right(app):
    hand_in(app, "mine.keras", plain()).main.button(key="check").click()
    assert sound(app.run()).main.success[0].value.startswith("The self-check passed: on ")


def test_what_the_file_does_not_say_can_be_said(app):
    hand_in(app, "mine.keras", saved(tiny((8, 16), 2)), b"cat\ndog", pixels="0..1", size=32)
    assert mine(app).labels[0] in ("cat", "dog")
    assert blocks(go(app, "gates")) == ["SE_1", "SE_2"]
    origin = mine(app).group().profile.origin
    assert (origin.preprocessing["size"], origin.preprocessing["std"]) == (32, [1.0, 1.0, 1.0])
    shown(app)
    assert "32" in next(line.value for line in app.main.markdown if "Your own file." in line.value)


def test_names_that_are_too_few_are_refused(app):
    hand_in(app, "mine.keras", plain(), b"cat\ndog")
    assert [box.value for box in app.main.error] == [
        "mine.keras tells 3 classes apart, and 2 names were given."
    ]
    assert shown(app) == TITLE


def guesses(app) -> list[str]:
    return [box.value for box in app.main.warning if "A GUESS" in box.value]


def test_a_guess_is_said_on_every_page_until_a_click_settles_it(app):
    hand_in(app, "mine.keras", plain())
    for path in ("network", "gates"):
        (said_there,) = guesses(go(app, path))
        assert said_there.startswith("mine.keras: A GUESS: it gets ImageNet's mean")
    app.segmented_control(key=f"settle {app.session_state['model']}").set_value("0..1")
    assert not guesses(sound(app.run()))
    assert mine(app).group().profile.origin.preprocessing["std"] == [1.0, 1.0, 1.0]
    assert len(mine(app).reading) == 2
    shown(app)
    assert "It gets 0..1 because that was chosen." in said(app)
    key = app.session_state["model"]
    app.segmented_control(key=f"settle {key}").set_value("0..1")
    assert not guesses(sound(app.run()))
    assert app.session_state["model"] == key


def test_what_is_scaled_inside_is_no_guess_and_what_is_said_of_size_and_part_holds(app):
    import keras

    pictures = keras.Input((32, 32, 3))
    data = saved(keras.Model(pictures, tiny((8,), 2)(pictures / 127.5 - 1)))
    hand_in(app, "mine.keras", data, crop=0.5)
    assert not guesses(app)
    origin = mine(app).group().profile.origin.preprocessing
    assert (origin["mean"], origin["crop"], origin["size"]) == ([0.0, 0.0, 0.0], 0.5, 32)
    shown(app)
    steps = r"It gets 0\.\.255, because its first steps \(true_divide(_\d+)?, subtract"
    assert re.search(steps, said(app))
    hand_in(app, "mine.keras", data, size=64)
    assert [box.value for box in app.main.error] == [
        "mine.keras takes pictures of 32 x 32 pixels and no others, so the size 64 cannot be had: "
        "leave it out."
    ]


BAD = {
    "empty": ("mine.keras", b"", "mine.keras "),
    "junk": ("mine.keras", b"junk", "mine.keras "),
    "torn": ("mine.keras", plain()[:-400], "mine.keras "),
    "lambda": ("mine.keras", with_layer(LAMBDA), "mine.keras "),
    "pickle": ("mine.pt", b"\x80\x04.", "mine.pt is a pickle"),
    "weights": ("mine.safetensors", b"junk", "mine.safetensors "),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_and_the_app_goes_on_with_the_network_it_had(app, kind):
    name, data, start = BAD[kind]
    before = mine(app).reading
    hand_in(app, name, data)
    (sentence,) = (box.value for box in app.main.error)
    assert sentence.startswith(start)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert shown(app) == TITLE
    assert mine(app).reading is before
    assert figures(go(app, "gates"))


def test_a_bad_file_leaves_ones_own_network_of_before(app):
    hand_in(app, "good.keras", plain())
    hand_in(app, "bad.keras", b"junk")
    assert len(app.main.error) == 1
    assert shown(app) == "good.keras"


def test_a_network_without_se_blocks_is_refused(app):
    import keras

    pictures = keras.Input((32, 32, 3))
    pooled = keras.layers.GlobalAveragePooling2D()(keras.layers.Conv2D(4, 3)(pictures))
    hand_in(app, "bare.keras", saved(keras.Model(pictures, keras.layers.Dense(2)(pooled))))
    assert [box.value for box in app.main.error] == [
        "bare.keras has no SE block, so there is no gate to look at."
    ]
    assert NOWHERE in [text.value for text in app.main.text]
    assert shown(app) == TITLE


def test_what_was_looked_at_in_vain_is_listed(app):
    import keras

    pictures = keras.Input((32, 32, 3))
    x = keras.layers.Conv2D(3, 3, padding="same")(pictures)
    product = keras.layers.Multiply(name="product [x](y)")([pictures, x])
    pooled = keras.layers.GlobalAveragePooling2D()(product)
    hand_in(app, "bare.keras", saved(keras.Model(pictures, keras.layers.Dense(2)(pooled))))
    (place,) = (text.value for text in app.main.text if "product" in text.value)
    assert place == "product [x](y), 32 x 32 x 3: neither factor is one number per channel"


def test_another_file_takes_the_place_of_the_last(app):
    hand_in(app, "one.keras", plain())
    hand_in(app, "two.keras", saved(tiny((8,), 2)))
    assert shown(app) == "two.keras"
    assert len(app.session_state["own models"]) == 1
    assert blocks(go(app, "gates")) == ["SE_1"]


def test_one_can_go_back_to_the_zoo_and_to_ones_own_again(app):
    hand_in(app, "mine.keras", plain())
    for network, title in (("builtin", TITLE), (app.session_state["model"], "mine.keras")):
        go(app, "network")
        labelled(app.main.selectbox, "Network").set_value(network)
        sound(app.run()).main.button(key="use").click()
        sound(app.run())
        assert shown(app) == title


def test_a_guess_is_said_beside_another_network_too():
    app = open_app()
    hand_in(app, "mine.keras", plain())
    key = app.session_state["model"]
    labelled(app.main.selectbox, "Network").set_value("builtin")
    sound(app.run()).main.button(key="use").click()
    assert not guesses(sound(app.run()))
    labelled(go(app, "two").main.selectbox, f"{TITLE}, beside").set_value(key)
    assert guesses(sound(app.run()))[0].startswith("mine.keras: A GUESS")


def test_sessions_do_not_see_each_others_networks(app):
    hand_in(app, "secret.keras", plain())
    key = app.session_state["model"]
    other = open_app(model=key)
    (warning,) = (box.value for box in other.main.warning)
    assert f"{key!r}, which is not known here" in warning
    go(other, "network")
    assert key not in labelled(other.main.selectbox, "Network").options
    assert shown(other) == TITLE
    for path in PAGES:
        assert "secret" not in "\n".join(repr(node) for node in go(other, path).main)
