"""What networks give, in the app: each kind on every page, and other words for it by choice."""

from __future__ import annotations

import hashlib

import pytest

from se_viz.nets import own
from se_viz.nets.network import Network
from se_viz.nets.output import Told
from se_viz.pictures import Preprocessing
from se_viz.ui.pages.network import own_network
from se_viz.ui.sentences import common as sentences
from se_viz.ui.state.models import Model
from tests.nets.own.files import saved
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import (
    PAGES,
    figure,
    figures,
    go,
    labelled,
    mine,
    open_app,
    sound,
    table_with,
    upload,
)
from tests.ui.networks import SIZE, open_through

FOLDERS = {f"{name}/{row}.png": picture(row) for row, name in enumerate(("ham", "spam", "spam"))}
LOOSE = {"loose.png": picture(7)}


def build(head):
    import keras

    from se_viz.nets.se_resnet.se_block import squeeze_excite

    keras.utils.set_random_seed(0)
    pictures = keras.Input((SIZE, SIZE, 3))
    x = keras.layers.Conv2D(8, 3, 2, activation="relu")(pictures)
    x = squeeze_excite(x, 4, name="gated")
    return keras.Model(pictures, head(keras.layers.GlobalAveragePooling2D()(x)))


def dense(classes: int, activation: str | None = None):
    import keras

    return lambda x: keras.layers.Dense(classes, activation, bias_initializer="ones")(x)


def through(key: str, head, names: tuple[str, ...], told: Told | None = None):
    """A session with pictures, looked through a network with this head."""

    def load(progress) -> Network:
        digest = hashlib.sha256(key.encode()).hexdigest()
        usual = Preprocessing(size=SIZE)
        return Network(key, key, build(head), usual, names, digest, told=told or Told())

    app = open_through(Model(key, f"network {key}", True, load))
    return upload(app, {"mine.zip": zip_of(FOLDERS), **LOOSE})


def texts(app) -> str:
    boxes = (*app.main.markdown, *app.main.caption, *app.main.info, *app.main.warning)
    return "\n".join(str(node.value) for node in boxes)


def pages(app, *paths: str) -> str:
    """What pages say; each is sound."""
    return "\n".join(texts(go(app, path)) for path in paths)


def all_pictures(app):
    """The lab, once all pictures were passed through with the gates in hand."""
    go(app, "lab").main.button(key="all").click()
    return sound(app.run())


def test_one_probability_is_of_two_classes():
    app = through("binary", dense(1, "sigmoid"), ("spam",))
    assert mine(app).labels == ("ham", "spam", "spam", "spam")
    assert "one probability, that of the second of two classes" in pages(app, "network", "picture")
    table = go(app, "pictures").get_by_key("labels 1 0").value
    assert set(table["prediction"]) == {"spam"}
    assert table["probability"].between(50, 99.9).all()
    table = table_with(all_pictures(app), "probability_before")
    assert set(table["before"]) == {"spam"}
    rows = figure(app, "accuracy-by-class")["layout"]["yaxis"]["ticktext"]
    assert [row for row in rows if "pictures" not in row] == ["spam"]


def test_labels_each_for_itself_have_their_own_probabilities():
    app = through("labels", dense(3, "sigmoid"), ("ham", "spam", "eggs"))
    said = pages(app, "network", "picture", "lab")
    assert "probabilities of labels each for itself" in said
    assert "the labels above 50% " in said
    table = go(app, "pictures").get_by_key("labels 1 0").value
    assert all(" + " in names for names in table["prediction"])
    assert "Each label is said by itself" in texts(all_pictures(app))
    assert "accuracy-by-class" in figures(app)
    go(app, "sweep").main.button(key="sweep mine").click()
    assert "Each label is said by itself" in texts(sound(app.run()))
    go(app, "light").main.button(key="measure shifts").click()
    assert "Each label is said by itself" in texts(sound(app.run()))
    assert {"shift-course", "shift-where"} <= set(figures(app))


def test_scores_are_never_percent_nor_right():
    app = through("scores", dense(2, "relu"), ("ham", "spam"))
    assert mine(app).labels[-1] == "no class"
    said = pages(app, "network", "picture", "sweep", "lab")
    axis = figure(app, "with-and-without")["layout"]["xaxis"]
    assert (axis["title"]["text"], axis.get("tickformat")) == ("score", None)
    assert "scores, which are no probabilities" in said
    assert sentences.SCORES in said
    assert "the highest score, goes from **" in said
    table = go(app, "pictures").get_by_key("labels 1 0").value
    assert "probability" not in table
    assert table["from"].tolist() == ["folder"] * 3 + ["nobody"]
    (strip,) = (node.proto.body for node in app.main.get("html") if "shot" in node.proto.body)
    assert "%<" not in strip
    assert "and their highest scores" in "".join(node.value for node in app.main.subheader)
    assert "score_before" in table_with(all_pictures(app), "score_before")
    assert "accuracy-by-class" not in figures(app)


def test_gates_alone_are_seen_on_every_page():
    app = through("gates", dense(2), (), Told("none", None, ("a", "b")))
    said = pages(app, *PAGES)
    assert "its gates alone: so it was said" in said
    assert sentences.NO_OUTPUT in said
    assert figures(go(app, "lab")) == []
    assert "gates-by-class" in figures(go(app, "gates"))
    assert "prediction" not in go(app, "pictures").get_by_key("labels 1 0").value
    with pytest.raises(KeyError):
        app.get_by_key("save predictions.csv")


@pytest.fixture
def opened(monkeypatch):
    """A session with a network of one's own in a file; it is opened in this process."""
    monkeypatch.setenv(own.SWITCH, "1")
    monkeypatch.setattr(own_network.own, "open_upload", own.open_file)

    def open_file(head):
        app = open_app("network")
        data = saved(build(head))
        labelled(app.main.file_uploader, "Network file").set_value(("mine.keras", data, ""))
        sound(app.run()).main.button(key="open own").click()
        return go(upload(sound(app.run()), {"1.png": picture(1)}), "network")

    return open_file


def two(x):
    return {"a": dense(3, "softmax")(x), "b": dense(1, "sigmoid")(x)}


def test_another_result_is_chosen_on_the_page(opened):
    app = opened(two)
    assert "Of its results a, b, this is a." in texts(app)
    assert app.main.button(key="reopen").disabled
    labelled(app.main.selectbox, "Its result").set_value("b")
    sound(app.run()).main.button(key="reopen").click()
    said = texts(go(sound(app.run()), "network"))
    assert "this is b." in said
    assert "one probability" in said
    assert mine(app).reading.outputs.shape == (1, 1)


def test_what_is_assumed_is_said_and_settled_on_the_page(opened):
    app = opened(dense(3))
    (warning,) = (box.value for box in app.main.warning if "assumed" in box.value)
    assert "Say below what it is" in warning
    labelled(app.main.selectbox, "Its output").set_value("multilabel-logits")
    sound(app.run()).main.button(key="reopen").click()
    app = go(sound(app.run()), "network")
    assert "assumed" not in texts(app)
    assert "so it was said" in texts(app)
    assert mine(app).reading.output.several
    labelled(app.main.selectbox, "Its output").set_value("sigmoid")
    sound(app.run()).main.button(key="reopen").click()
    assert "are no sigmoid" in sound(app.run()).main.error[0].value
    assert mine(app).reading.output.several
