"""What a file says of its network's outputs: its losses, its results, and what a person says."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keras import layers, losses

from se_viz.nets.output import Loss
from se_viz.nets.own import FileLimits, Options, open_file
from se_viz.nets.own.description.loss import loss_of
from se_viz.nets.own.results import results_of
from se_viz.nets.se_resnet.se_block import squeeze_excite
from se_viz.probe.probe import Probe
from tests.nets.own import files

PICTURES = np.random.default_rng(0).normal(size=(2, 16, 16, 3)).astype("float32")


def network(head) -> keras.Model:
    pictures = keras.Input((16, 16, 3))
    x = layers.Conv2D(4, 3, activation="relu")(pictures)
    x = squeeze_excite(x, ratio=2, data_format="channels_last", name="SE")
    return keras.Model(pictures, head(layers.GlobalAveragePooling2D()(x)))


def linear(x):
    return layers.Dense(5, name="head")(x)


def opened(model: keras.Model, **options):
    return Probe(open_file(files.saved(model), "mine.keras", Options(**options))).network


@pytest.mark.parametrize(
    ("loss", "kind"),
    [
        (losses.CategoricalCrossentropy(from_logits=True), "logits"),
        (losses.BinaryCrossentropy(from_logits=True), "multilabel-logits"),
        (losses.huber, "scores"),
        (["mae"], "scores"),
        ({"head": losses.MeanSquaredError()}, "scores"),
    ],
)
def test_the_loss_that_was_saved_tells_what_a_linear_head_is(loss, kind):
    model = network(linear)
    model.compile("adam", loss)
    output = opened(model).output
    assert (output.kind, output.known) == (kind, "loss")
    assert "so says the loss" in output.text


@pytest.mark.parametrize("loss", ["sparse_categorical_crossentropy", "binary_crossentropy"])
def test_a_loss_of_probabilities_does_not_say_that_a_linear_head_gives_logits(loss):
    model = network(linear)
    model.compile("adam", loss)
    output = opened(model).output
    assert output.known == "assumed"
    assert "takes probabilities" in output.text


def test_without_a_loss_logits_are_assumed():
    assert opened(network(linear)).output.known == "assumed"


@pytest.mark.parametrize(
    "loss",
    [
        {"module": "mine.losses", "class_name": "CategoricalCrossentropy", "config": {}},
        {"module": "builtins", "class_name": "function", "config": "os.system"},
        {"module": "keras.losses", "class_name": ["mse"], "config": {}},
        {"module": "keras.losses", "class_name": "mse", "config": None},
        {"class_name": "__lambda__", "config": {"value": "x"}},
        *("dice", "", 3, None, [], ["mse", "mse"], {"other": "mse"}, {"head": None}),
    ],
)
def test_what_is_no_loss_of_keras_tells_nothing(loss):
    assert loss_of(loss, ["head"], 0) is None

    def change(config):
        config["compile_config"] = {"loss": loss}

    file = files.with_config(change)
    assert open_file(file, "mine.keras").told.loss is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
)


@given(JSON, st.lists(st.text(max_size=4), min_size=1, max_size=3))
def test_any_json_is_a_loss_or_none(given_loss, names):
    assert loss_of(given_loss, names, 0) is None or given_loss


def test_a_loss_is_read_as_keras_2_writes_it():
    given = {"class_name": "BinaryCrossentropy", "config": {"from_logits": True}}
    assert loss_of(given, ["head"], 0) == Loss("BinaryCrossentropy", "multilabel-logits", True)


def test_losses_of_several_results_are_told_apart():
    both = {"a": "mse", "b": {"module": "keras.losses", "class_name": "BinaryCrossentropy"}}
    both["b"]["config"] = {"from_logits": True}
    first, second = (loss_of(both, ["a", "b"], place) for place in (0, 1))
    assert first is not None
    assert second is not None
    assert (first.kind, second.kind, second.logits) == ("scores", "multilabel-logits", True)
    assert loss_of(["bce", "mse"], ["a", "b"], 1).name == "mse"


SEVERAL = {
    "list": lambda x: [
        layers.Dense(3, "softmax", name="what")(x),
        layers.Dense(1, "sigmoid", name="sick")(x),
    ],
    "dictionary": lambda x: {
        "what": layers.Dense(3, "softmax")(x),
        "sick": layers.Dense(1, "sigmoid")(x),
    },
    "nested": lambda x: {
        "head": {"what": layers.Dense(3, "softmax")(x)},
        "sick": [layers.Dense(1, "sigmoid")(x)],
    },
}


@pytest.mark.parametrize("form", SEVERAL)
def test_one_of_several_results_is_chosen_by_name(form):
    model = network(SEVERAL[form])
    names = [name for name, _ in results_of(model)]
    assert (
        sorted(names)
        == {
            "list": ["sick", "what"],
            "dictionary": ["sick", "what"],
            "nested": ["head/what", "sick/0"],
        }[form]
    )
    data = files.saved(model)
    for name in names:
        read = open_file(data, "mine.keras", Options(result=name))
        assert read.told.results == tuple(names)
        output = Probe(read).network.output
        assert output.result == name
        assert output.binary == ("sick" in name)
        assert output.kind == ("sigmoid" if "sick" in name else "softmax")
    first = Probe(open_file(data, "mine.keras")).network.output
    assert first.result == names[0]
    assert f"Of its results {', '.join(names)}, this is {names[0]}." in first.text


def test_the_first_result_with_classes_is_looked_at():
    def head(x):
        maps = layers.Reshape((2, 2, 1), name="maps")(x)
        return [maps, layers.Dense(3, "softmax", name="what")(x)]

    assert opened(network(head)).output.result == "what"


@pytest.mark.parametrize("loss", [None, {"what": "categorical_crossentropy", "box": "mse"}])
def test_a_result_that_is_known_to_tell_classes_goes_before_one_that_only_could(loss):
    def heads(x):
        last = "softmax" if loss is None else None
        what = layers.Dense(3, last, name="what")(x)
        return {"box": layers.Dense(4, name="box")(x), "what": what}

    model = network(heads)
    if loss:
        model.compile("adam", loss)
    assert opened(model).output.result == "what"


def test_without_classes_or_where_it_is_said_gates_alone_are_looked_at():
    maps = files.saved(network(lambda x: layers.Reshape((2, 2, 1))(x)))
    for data, options in ((maps, Options()), (files.plain(), Options(output="none"))):
        probe = Probe(open_file(data, "mine.keras", options), batch=2)
        assert (probe.network.output.kind, probe.network.classes) == ("none", ())
        model_inputs = np.zeros((2, 16, 16, 3), np.uint8)
        assert probe.read(model_inputs).gates["SE_1"].shape == (2, 4)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"result": "head"}, "has no result 'head'; its results are logits"),
        ({"output": "probabilities"}, "logits, multilabel-logits, softmax, sigmoid, scores, none"),
        ({"output": "none", "classes": ("a", "b", "c")}, "leave out the names of its classes"),
        ({"classes": ("a", "b")}, "tells 3 classes apart, and 2 names were given"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(options, reason):
    with pytest.raises(ValueError, match=rf"^mine\.keras .*{reason}.*\.$"):
        open_file(files.plain(), "mine.keras", Options(**options))


def test_a_result_of_maps_is_refused_by_its_shape():
    data = files.saved(network(lambda x: layers.Reshape((2, 2, 1), name="maps")(x)))
    with pytest.raises(ValueError, match=r"a result 'maps' of 2 x 2 x 1, not one number"):
        open_file(data, "mine.keras", Options(result="maps"))


def test_one_number_has_one_name_or_two():
    data = files.saved(network(lambda x: layers.Dense(1, "sigmoid")(x)))
    for names, shown in (
        (None, ("no", "yes (above 0.5)")),
        (("spam",), ("not spam", "spam")),
        (("ham", "spam"), ("ham", "spam")),
    ):
        read = Probe(open_file(data, "mine.keras", Options(classes=names))).network
        assert read.classes == shown
    with pytest.raises(
        ValueError, match="gives one number, which has one name or two, and 3 names were given"
    ):
        open_file(data, "mine.keras", Options(classes=("a", "b", "c")))


def test_what_weights_alone_give_can_be_said():
    from se_viz.nets.se_resnet.build import build
    from se_viz.nets.se_resnet.layout import SEResNet

    config = SEResNet(depth=18, width=0.125, ratio=8, classes=2, size=32)
    data = files.saved(build(config), ".weights.h5")
    layout = "depth=18,width=0.125,ratio=8,classes=2,size=32"
    said = Options(layout=layout, output="multilabel-logits", limits=FileLimits())
    read = Probe(open_file(data, "mine.weights.h5", said)).network
    assert (read.output.kind, read.output.several) == ("multilabel-logits", True)
