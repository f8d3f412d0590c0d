"""Files that Keras 2.2 to 3.11 wrote, read by today's: the same numbers, or the true reason."""

from __future__ import annotations

import json
import tarfile
from functools import cache
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest

from se_viz.nets.own import Options, open_file
from se_viz.nets.own.description.allowed_layers import AUGMENTATIONS
from se_viz.nets.own.description.settings import fitting
from se_viz.nets.own.description.versions import Release
from se_viz.nets.own.description.versions.keras3 import network as today
from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.refusal import RefusedError
from se_viz.nets.own.weights import filling
from se_viz.nets.pixel_options import PixelOptions
from se_viz.probe.frontends.keras.unroll import unroll
from se_viz.probe.gates.find import find
from tests.nets.own import files

OLDER = Path(__file__).with_name("older")
RECORD = json.loads((OLDER / "provenance.json").read_text(encoding="utf-8"))
HALF = 3e-2  # what half precision may be off, in float32 read again
OTHERWISE = ("3.6.0/scaled.keras",)  # its RandomCrop is today's in name alone


def pictures() -> np.ndarray:
    """Those of `older/make.py`."""
    return np.random.RandomState(1).uniform(0, 255, (2, 12, 12, 3)).astype("float32")


@cache
def archive() -> dict[str, bytes]:
    with tarfile.open(OLDER / "files.tar.xz") as packed:
        return {entry.name: packed.extractfile(entry).read() for entry in packed}


def opened(name: str):
    return open_file(archive()[name], Path(name).name)


def test_every_file_has_its_result():
    assert set(archive()) == set(RECORD["results"])
    assert {name.partition("/")[0] for name in archive()} == set(RECORD["made_with"])


@pytest.mark.parametrize("name", [name for name in RECORD["results"] if name not in OTHERWISE])
def test_what_an_older_keras_wrote_gives_what_it_computed(name):
    expected = np.array(RECORD["results"][name])
    found = np.asarray(opened(name).model(pictures(), training=False))
    bound = HALF if "mixed" in name else 1e-5
    assert np.abs(found - expected).max() < bound * np.abs(expected).max()


@pytest.mark.parametrize(
    "name", ["2.15.0/functions.h5", "2.4.0/functions.h5", "2.15.0/hard.keras", "2.3.1/slashes.h5"]
)
def test_its_se_block_is_found(name):
    assert len(find(unroll(opened(name).model).graph).sites) == 1


def test_layers_that_computed_otherwise_are_refused():
    with pytest.raises(ValueError, match=r"^scaled\.keras has a RandomCrop, .* in Keras 3\.6 than"):
        opened("3.6.0/scaled.keras")


def test_either_format_is_read_under_either_name():
    zipped, hdf5 = archive()["2.15.0/around.keras"], archive()["2.3.1/plain.h5"]
    assert zipped.startswith(b"PK")
    assert archive()["2.12.0/tutorial.keras"].startswith(b"\x89HDF")
    for data, name in ((zipped, "mine.h5"), (hdf5, "mine.keras"), (hdf5, "MINE.HDF5")):
        assert open_file(data, name).model.output_shape == (None, 3)


def test_a_whole_network_in_h5_takes_what_a_person_says():
    options = Options(("a", "b", "c"), PixelOptions(pixels="-1..1"))
    network = open_file(archive()["2.15.0/shared.h5"], "mine.h5", options)
    assert network.classes == ("a", "b", "c")
    with pytest.raises(ValueError, match="describes its network itself"):
        open_file(archive()["2.15.0/shared.h5"], "mine.h5", Options(layout="depth=18"))


@pytest.mark.parametrize("name", ["2.3.1/plain.h5", "2.15.0/plain.h5", "3.0.5/plain.h5"])
def test_the_loss_is_read(name):
    """Trained with "mse": what comes out are scores, no logits."""
    loss = opened(name).told.loss
    assert (loss.name, loss.kind) == ("mse", "scores")


# Descriptions


def described(change, name: str = "2.15.0/plain.h5") -> bytes:
    """An `.h5` file whose description was changed in place."""

    def changed(file: h5py.File) -> None:
        config = json.loads(file.attrs["model_config"])
        change(config)
        file.attrs["model_config"] = json.dumps(config)

    return files.changed_h5(archive()[name], changed)


def layer_of(config: dict, kind: str) -> dict:
    return next(layer for layer in config["config"]["layers"] if layer["class_name"] == kind)


def refused(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=rf"^mine\.h5 .*{reason}.*\.$") as caught:
        open_file(data, "mine.h5")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("DepthwiseConv2D", {"groups": 1}),
        ("BatchNormalization", {"renorm": True, "renorm_momentum": 0.9, "fused": None}),
        ("InputLayer", {"sparse": False, "ragged": False, "optional": False}),
        ("Dense", {"quantization_config": None, "lora_rank": None, "new": False}),
        ("GlobalAveragePooling2D", {"keepdims": False}),
        ("Conv2D", {"kernel_initializer": {"class_name": "Mine"}, "groups": 1}),
        ("Add", {"dtype": {"class_name": "Policy", "config": {"name": "mixed_bfloat16"}}}),
    ],
)
def test_settings_that_change_nothing_are_left_out(kind, settings):
    data = described(lambda config: layer_of(config, kind)["config"].update(settings))
    expected = RECORD["results"]["2.15.0/plain.h5"]
    found = open_file(data, "mine.h5").model(pictures(), training=False)
    np.testing.assert_allclose(found, expected, rtol=1e-4)


@pytest.mark.parametrize(
    ("kind", "settings", "reason"),
    [
        ("DepthwiseConv2D", {"groups": 2}, "DepthwiseConv2D with groups = 2, which Keras"),
        ("Dense", {"new": "int8"}, "Dense with new = int8"),
        ("ReLU", {"max_value": 6.0, "soft": True}, "ReLU with soft = True"),
        ("Dense", {"activation": "mine"}, r"cannot build \(it says: .*mine"),
        ("Dense", {"units": 7}, r"expand.*\(4, 7\)|of shape|cannot build|do not fit"),
    ],
)
def test_settings_that_matter_are_refused_by_name(kind, settings, reason):
    refused(described(lambda config: layer_of(config, kind)["config"].update(settings)), reason)


def called(function: str, kind: str = "TFOpLambda", **arguments):
    """The first function of the file is another, called on one tensor."""

    def change(config: dict) -> None:
        layer = layer_of(config, kind)
        layer["config"]["function"] = function
        (place, *_), *_ = layer["inbound_nodes"]
        place = place if isinstance(place, str) else "input_1"
        layer["inbound_nodes"] = [[place, 0, 0, arguments]]

    return change


@pytest.mark.parametrize(
    ("function", "arguments", "reason"),
    [
        ("image.resize", {"size": [8, 8]}, "TensorFlow's “image.resize”, for which Keras 3 has no"),
        ("os.system", {}, "“os.system”, for which"),
        ("nn.relu", {"y": 2}, "“nn.relu” in a way that is not known"),
        ("nn.silu", {"beta": 2.0}, "“nn.silu” in a way that Keras 3 has not"),
        ("reshape", {"shape": [["input_1", 0, 0], 8]}, "“reshape” in a way that Keras 3 has not"),
        ("linalg.matmul", {"b": [[1.0]], "transpose_b": True}, "“linalg.matmul” in a way that Ker"),
        ("pad", {"paddings": [[0, 0]], "mode": "REFLECT"}, "“pad” in a way that Keras 3 has not"),
    ],
)
def test_functions_that_keras_has_not_are_refused_by_name(function, arguments, reason):
    refused(described(called(function, **arguments), "2.15.0/functions.h5"), reason)


def test_nodes_that_keras_has_not_are_refused_by_name():
    def change(config: dict) -> None:
        layer_of(config, "TensorFlowOpLayer")["config"]["node_def"]["op"] = "PyFunc"

    refused(described(change, "2.4.0/functions.h5"), "TensorFlow's “PyFunc”, for which")


def test_a_layer_in_two_networks_is_told():
    conv = keras.layers.Conv2D(3, 3, padding="same", name="both")
    outer, inner = keras.Input((8, 8, 3)), keras.Input((8, 8, 3))
    body = keras.Model(inner, conv(inner))
    pooled = keras.layers.GlobalAveragePooling2D()(body(conv(outer)))
    data = files.saved(keras.Model(outer, pooled))
    with pytest.raises(ValueError, match="has the layer “both” in two of its networks"):
        open_file(data, "mine.keras")


@pytest.mark.parametrize("kind", sorted(AUGMENTATIONS))
def test_augmentation_changes_nothing_in_inference(kind):
    """So an `Identity` stands in their place, whatever their settings are."""
    layer = getattr(keras.layers, kind, None)
    if layer is None:
        pytest.skip("not in this Keras")
    needed = {"RandomPosterization": (4,), "RandomFlip": (), "RandomTranslation": (0.2, 0.2)}
    bare = ("RandomErasing", "RandomGaussianBlur", "RandomInvert", "RandomPerspective", "MixUp")
    bare += ("RandomGrayscale", "RandomElasticTransform", "RandAugment", "AugMix", "CutMix")
    bare += ("RandomColorJitter", "RandomShear")
    given = needed.get(kind, () if kind in bare else (0.2,))
    x = pictures()
    np.testing.assert_array_equal(layer(*given)(x, training=False), x)


def test_augmentation_is_read_whatever_its_settings():
    described = {
        "module": "keras.layers",
        "class_name": "RandomRotation",
        "config": {"name": "turn", "value_range": [0, 255], "unheard": 3},
        "inbound_nodes": [{"args": [1], "kwargs": {"training": True}}],
    }
    network = {"class_name": "Functional", "config": {"layers": [described]}}
    (layer,) = today(network, Release(3, 3))["config"]["layers"]
    assert (layer["class_name"], layer["config"]) == ("Identity", {"name": "turn"})
    assert layer["inbound_nodes"] == [{"args": [1], "kwargs": {}}]


def test_operations_lose_names_that_they_do_not_take(monkeypatch):
    """Keras 3.10 called its operations itself."""

    class Mean:
        def __init__(self, axis=None):
            self.axis = axis

    monkeypatch.setattr("keras.src.ops.numpy.Mean", Mean)
    fitting.__globals__["_known"].cache_clear()
    try:
        settings = fitting("Mean", "keras.src.ops.numpy", {"name": "mean", "axis": 1})
    finally:
        fitting.__globals__["_known"].cache_clear()
    assert settings == {"axis": 1}


@pytest.mark.parametrize(
    ("text", "release"), [("3.11.3", (3, 11)), ("2.2.4-tf", (2, 2)), ("3.0.0.dev20", (3, 0))]
)
def test_versions_are_read(text, release):
    assert Release.read(text) == Release(*release)


@pytest.mark.parametrize("text", ["", "new", "1.2.2", "4.0", None, 3, "99999.1"])
def test_versions_of_no_known_keras_are_refused(text):
    with pytest.raises(RefusedError, match=r"which Keras saved it|was saved by Keras"):
        Release.read(text)


# Weights


def moved(change, name: str) -> bytes:
    return files.changed_h5(archive()[name], lambda file: change(file["model_weights"]))


def test_weights_are_read_by_name_not_by_place():
    """Keras goes by the order of layers, which may be another where branches are alike."""

    def change(group) -> None:
        group.attrs["layer_names"] = group.attrs["layer_names"][::-1]

    found = open_file(moved(change, "2.15.0/branches.h5"), "mine.h5").model(pictures())
    np.testing.assert_allclose(found, RECORD["results"]["2.15.0/branches.h5"], rtol=1e-4)


def test_weights_that_do_not_tell_where_they_belong_are_refused():
    def rename(group) -> None:
        group["body"].move("reduce/kernel:0", "other/kernel:0")

    refused(moved(rename, "2.6.0/partly.h5"), "“body” that do not tell where")


def test_weights_that_are_missing_or_of_another_shape_are_refused():
    def missing(group) -> None:
        del group["depthwise"]
        group["more"] = np.zeros(1000, "float32")

    def other(group) -> None:
        place = "depthwise/depthwise/bias:0"
        del group[place]
        group[place] = np.zeros(9, "float32")

    refused(moved(missing, "2.15.0/plain.h5"), "holds no weights for “depthwise”")
    refused(moved(other, "2.15.0/plain.h5"), r"“depthwise” takes \(4,\), and \(9,\) were saved")


def test_names_are_compared_by_as_few_parts_as_tell_them_apart():
    class Weight:
        def __init__(self, path):
            self.path = path

    wanted = [Weight("a/conv/kernel"), Weight("b/conv/kernel")]
    saved = {"x/a/conv/kernel:0": 1, "x/b/conv/kernel:0": 2, "x/norm/count:0": 3}
    assert [value for _, value in filling._by_name(wanted, saved)] == [1, 2]
    assert filling._by_name(wanted, {"a/conv/kernel:0": 1, "c/conv/kernel:0": 2}) is None
    assert filling._by_name(wanted, saved | {"x/norm/gamma:0": 4}) is None


def test_weights_alone_are_told_so():
    def alone(file: h5py.File) -> None:
        del file.attrs["model_config"]

    data = files.changed_h5(archive()["2.15.0/plain.h5"], alone)
    refused(data, r"weights alone, without the description .*: model\.save\('file\.keras'\)")


# What was made to do harm


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda f: f.attrs.__setitem__("model_config", b"x" * 40_000), "40 KB|allowed"),
        (lambda f: f.attrs.__setitem__("model_config", np.zeros(4)), "its model_config is no text"),
        (lambda f: f.attrs.__setitem__("keras_version", 2), "its keras_version is no text"),
        (lambda f: f.attrs.__delitem__("keras_version"), "does not say which Keras"),
        (lambda f: f.attrs.__setitem__("keras_version", "1.1"), "saved by Keras 1.1"),
        (lambda f: f.__setitem__("x", h5py.ExternalLink("/etc/passwd", "/")), "point elsewhere"),
        (lambda f: f["model_weights"].__setitem__("x", h5py.SoftLink("/")), "point elsewhere"),
        (lambda f: f.create_dataset("x", (10**5, 10**5), "f4", chunks=(9, 9)), "are packed"),
    ],
)
def test_hostile_h5_files(change, reason):
    data = files.changed_h5(archive()["2.15.0/plain.h5"], change)
    with pytest.raises(ValueError, match=rf"^mine\.h5 .*({reason}).*\.$"):
        open_file(data, "mine.h5", Options(limits=FileLimits(config_bytes=30_000)))


def test_lists_of_texts_of_any_length_are_left_alone():
    """Thousands of names could each be as long as the file: lists of fixed lengths are read."""

    def lengthen(group) -> None:
        text = h5py.string_dtype()
        long = np.array(["x" * 1_000_000], dtype=object)
        group["body"].attrs.create("weight_names", np.repeat(long, 100), dtype=text)

    data = moved(lengthen, "2.6.0/partly.h5")
    found = open_file(data, "mine.h5").model(pictures(), training=False)
    np.testing.assert_allclose(found, RECORD["results"]["2.6.0/partly.h5"], rtol=1e-4)


@pytest.mark.parametrize(
    ("kind", "reason"), [("Lambda", "Lambda layer"), ("Mine", "“Mine”"), ("mine>Dense", "“mine")]
)
def test_layers_that_are_not_on_the_list(kind, reason):
    def change(config: dict) -> None:
        layer_of(config, "ReLU")["class_name"] = kind

    refused(described(change), reason)
    refused(described(change, "3.0.5/plain.h5"), reason)


def test_a_keras_file_whose_classes_tell_no_modules_is_refused():
    """Only `.h5` files are written so."""
    parts = files.entries(files.plain())
    config = json.loads(parts[files.CONFIG])
    del config["config"]["layers"][1]["module"]
    parts[files.CONFIG] = json.dumps(config).encode()
    with pytest.raises(ValueError, match="code of its own that is not opened"):
        open_file(files.zipped(parts), "mine.keras")


@pytest.mark.parametrize("seed", range(40))
def test_any_change_of_an_old_description_gives_a_network_or_one_sentence(seed):
    rng = np.random.default_rng(seed)
    values = [None, [], {}, -1, 10**12, "x", [["x", 0, 0]], {"class_name": "Dense"}, True]

    def change(config: dict) -> None:
        places = list(spots(config))
        parent, key = places[rng.integers(len(places))]
        parent[key] = values[rng.integers(len(values))]

    name = list(archive())[rng.integers(10)]
    name = name if name.endswith(".h5") else "2.15.0/functions.h5"
    try:
        network = open_file(described(change, name), "mine.h5")
    except ValueError as error:
        assert str(error).startswith("mine.h5 ")  # noqa: PT017
        assert str(error).endswith(".")  # noqa: PT017
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert network.model.built


def spots(value):
    """Every place in a nested value, as (what holds it, key)."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in list(pairs):
        yield value, key
        if isinstance(item, dict | list):
            yield from spots(item)


def test_the_files_are_as_small_as_they_look():
    with tarfile.open(OLDER / "files.tar.xz") as packed:
        assert all(entry.isfile() and entry.size < 300_000 for entry in packed)
        assert len(packed.getnames()) == len(set(packed.getnames()))
