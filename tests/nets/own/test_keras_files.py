"""`.keras` files: good ones give the same numbers as Keras does, broken ones one sentence."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile

import keras
import numpy as np
import pytest

from se_viz.nets.classes.imagenet import CLASSES
from se_viz.nets.network import USUAL, Grounds
from se_viz.nets.own import FileLimits, Options, open_file
from se_viz.nets.pixel_options import PixelOptions
from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.pictures import Preprocessing
from se_viz.probe.probe import Probe
from tests.nets.own import files

PICTURES = np.random.default_rng(0).normal(size=(2, 16, 16, 3)).astype("float32")


@pytest.fixture(scope="module")
def network():
    return open_file(files.plain(), "mine.keras")


def sequential() -> keras.Model:
    layers = [keras.layers.Conv2D(4, 3), keras.layers.Flatten(), keras.layers.Dense(2)]
    model = keras.Sequential(layers)
    model.build((None, 16, 16, 3))
    return model


def nested() -> keras.Model:
    body = files.functional()
    pictures = keras.Input((16, 16, 3))
    head = keras.Sequential([keras.layers.Dropout(0.5), keras.layers.Dense(2)])
    return keras.Model(pictures, head(body(pictures)))


def operations() -> keras.Model:
    pictures = keras.Input((16, 16, 3))
    x = keras.ops.relu6(keras.layers.Conv2D(4, 3, activation=keras.ops.silu)(pictures) + 3.0) / 6
    squeezed = keras.ops.mean(x, axis=(1, 2), keepdims=True)
    x = x * keras.ops.sigmoid(keras.layers.Conv2D(4, 1, kernel_regularizer="l2")(squeezed))
    return keras.Model(pictures, keras.layers.Flatten()(x[:, ::2, ::2]))


def compiled() -> keras.Model:
    model = files.functional(head="softmax")
    loss = "sparse_categorical_crossentropy"
    model.compile("adam", loss, metrics=["accuracy"], jit_compile=False)
    model.fit(PICTURES, np.array([0, 2]), verbose=0)
    return model


@pytest.mark.parametrize("make", [files.functional, sequential, nested, operations, compiled])
def test_a_network_comes_back_with_its_numbers(make):
    model = make()
    read = open_file(files.saved(model), "mine.keras")
    np.testing.assert_array_equal(read.model(PICTURES), model(PICTURES, training=False))
    assert len(read.classes) == model.output_shape[-1]
    assert read.preprocessing.size == 16


@pytest.mark.parametrize(
    "model",
    [
        lambda: build(SEResNet(depth=18, width=0.25, classes=3, ratio=4, size=64)),
        lambda: keras.applications.MobileNetV3Small(
            weights=None, classes=3, input_shape=(64, 64, 3), classifier_activation=None
        ),
    ],
    ids=["SE-ResNet-18", "MobileNetV3"],
)
def test_known_networks_come_back_with_their_numbers(model):
    model = model()
    pictures = np.random.default_rng(0).uniform(0, 255, (1, 64, 64, 3)).astype("float32")
    read = open_file(files.saved(model), "mine.keras")
    np.testing.assert_array_equal(read.model(pictures), model(pictures, training=False))


def test_what_is_known_of_it(network):
    assert network.name == "mine.keras"
    assert network.classes == ("class 1", "class 2", "class 3")
    assert network.fingerprint == hashlib.sha256(files.plain()).hexdigest()
    assert network.preprocessing == Preprocessing(size=16)


def test_a_path_is_as_good_as_bytes(network, tmp_path):
    path = tmp_path / "mine.keras"
    path.write_bytes(files.plain())
    read = open_file(path)
    assert (read.name, read.fingerprint) == (network.name, network.fingerprint)
    np.testing.assert_array_equal(read.model(PICTURES), network.model(PICTURES))


@pytest.mark.parametrize("data", [files.plain, lambda: b"nothing"], ids=["good", "broken"])
def test_nothing_is_left_behind(data, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    try:
        open_file(data(), "mine.keras")
    except ValueError:
        assert data() == b"nothing"
    assert not list(tmp_path.iterdir())


def test_given_names_and_preprocessing_are_taken():
    wanted = PixelOptions("-1..1", crop=0.875)
    options = Options(("a", "b", "c"), wanted)
    read = open_file(files.plain(), "mine.keras", options)
    assert read.classes == ("a", "b", "c")
    assert read.preprocessing == wanted.upon(Preprocessing(16))
    assert read.grounds == Grounds("said", "It gets -1..1 because that was chosen.")


def test_a_thousand_classes_are_imagenets():
    pictures = keras.Input((8, 8, 3))
    x = keras.layers.Dense(1000)(keras.layers.GlobalAveragePooling2D()(pictures))
    read = open_file(files.saved(keras.Model(pictures, x)), "mine.keras")
    assert read.classes == CLASSES


def test_the_number_of_names_has_to_fit():
    with pytest.raises(ValueError, match=r"mine\.keras tells 3 classes apart, and 2 names"):
        open_file(files.plain(), "mine.keras", Options(("a", "b")))


def test_a_network_for_any_size_gets_the_chosen_one():
    data = files.saved(files.functional(size=None))
    read = open_file(data, "mine.keras", Options(wanted=PixelOptions(size=24)))
    assert read.model.input_shape == (None, 24, 24, 3)
    assert read.preprocessing.size == 24


@pytest.mark.parametrize(
    "said", [{"size": 8}, {"crop": 0.5}, {"interpolation": "lanczos"}, {"pixels": "0..1"}], ids=str
)
def test_each_thing_that_is_said_is_used_by_itself_or_refused(said):
    options = Options(wanted=PixelOptions(**said))
    if "size" in said:
        with pytest.raises(ValueError, match=r"^mine\.keras takes pictures of 16 x 16 pixels"):
            open_file(files.plain(), "mine.keras", options)
    else:
        read = open_file(files.plain(), "mine.keras", options)
        assert (
            read.preprocessing == PixelOptions(**said).upon(Preprocessing(16)) != Preprocessing(16)
        )
        assert (read.grounds == USUAL) == ("pixels" not in said)


def test_a_layout_is_not_for_a_file_that_describes_its_network():
    with pytest.raises(ValueError, match=r"^mine\.keras describes its network itself"):
        open_file(files.plain(), "mine.keras", Options(layout="depth=50"))


@pytest.mark.parametrize(
    ("entry", "pixels"),
    [
        (lambda x: x / 127.5 - 1, "0..255"),
        (lambda x: keras.Sequential([keras.layers.Rescaling(1 / 255)])(x), "0..255"),
        (lambda x: x * 2 - 1, "0..1"),
        (lambda x: keras.applications.resnet50.preprocess_input(x), "0..255"),
        (lambda x: x, "imagenet"),
    ],
)
def test_a_network_that_scales_its_pixels_gets_those_that_it_expects(entry, pixels):
    pictures = keras.Input((16, 16, 3))
    data = files.saved(keras.Model(pictures, files.functional()(entry(pictures))))
    network = Probe(open_file(data, "mine.keras")).network
    assert network.preprocessing == PixelOptions(pixels, size=16).upon(Preprocessing())
    assert network.grounds.kind == ("guess" if pixels == "imagenet" else "read")


def test_half_precision_is_read_as_float32():
    policy = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_float16")
    try:
        data = files.saved(files.functional())
    finally:
        keras.config.set_dtype_policy(policy)
    read = open_file(data, "mine.keras").model
    assert {layer.compute_dtype for layer in read.layers} == {"float32"}
    assert read(PICTURES).dtype == "float32"


def test_names_are_fit_for_display():
    assert open_file(files.plain(), "a\u202eb\n.keras").name == "ab .keras"


def shaped(*shape, dtype="float32", outputs=1, flat=True) -> bytes:
    inputs = keras.Input(shape, dtype=dtype)
    x = keras.ops.cast(inputs, "float32") if dtype != "float32" else inputs
    x = keras.layers.Flatten()(x) if flat else keras.layers.Identity()(x)
    return files.saved(keras.Model(inputs, [x] * outputs if outputs > 1 else x))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (lambda: shaped(8, 8, 1), "pictures of 1 channels"),
        (lambda: shaped(3, 8, 8), "channels first"),
        (lambda: shaped(8, 6, 3), "8 x 6 px"),
        (lambda: shaped(8), "takes one picture"),
        (lambda: shaped(8, 8, 3, dtype="uint8"), "as uint8"),
        (lambda: files.plain()[:-100], "broken ZIP"),
        (lambda: b"", "broken ZIP"),
        (lambda: b"no ZIP at all", "broken ZIP"),
    ],
)
def test_what_is_no_classifier_of_pictures_is_refused(data, reason):
    with pytest.raises(ValueError, match=rf"^mine\.keras .*{reason}.*\.$"):
        open_file(data(), "mine.keras")


def test_a_class_of_its_own_is_refused_with_a_way_out():
    class Mine(keras.Model):
        def __init__(self):
            super().__init__()
            self.layer = keras.layers.Dense(2)

        def call(self, x):
            return self.layer(keras.ops.mean(x, (1, 2)))

    model = Mine()
    model(PICTURES)
    with pytest.raises(ValueError, match=r"“Mine”.*keras\.Model\(model\.inputs, model\.outputs\)"):
        open_file(files.saved(model), "mine.keras")


@pytest.mark.parametrize(
    ("part", "whose"),
    [
        (("keras_hub.src.models.resnet", "ResNetBackbone"), "code of “keras_hub” that is not"),
        (("keras_cv.layers", "DropPath"), "code of “keras_cv” that is not"),
        (("kerasevil", "Dense"), "code of “kerasevil” that is not"),
        ((None, "Mine"), "code of its own that is not"),
        (("keras.layers", "TimeDistributed"), "a layer of Keras that is not"),
        (("keras", "Variable"), "a layer of Keras that is not"),
    ],
)
def test_whose_a_part_is_that_is_not_opened(part, whose):
    module, kind = part
    layer = {"module": module, "class_name": kind, "config": {"name": "added"}}
    with pytest.raises(ValueError, match=f"has a part “{kind}”, {whose} opened"):
        open_file(files.with_layer(layer), "mine.keras")


def test_what_keras_says_is_told():
    data = files.with_config(lambda c: c["config"]["layers"][-1]["config"].update(units=-1))
    with pytest.raises(ValueError, match=r"Keras cannot build \(it says: .*-1.*\)\.$"):
        open_file(data, "mine.keras")


@pytest.mark.parametrize("entry", files.ENTRIES)
def test_a_missing_part_is_named(entry):
    parts = files.entries(files.plain())
    del parts[entry]
    with pytest.raises(ValueError, match=rf"mine\.keras is no \.keras file: {entry}"):
        open_file(files.zipped(parts), "mine.keras")


@pytest.mark.parametrize(
    ("entry", "content", "reason"),
    [
        (files.CONFIG, b"{", "not JSON"),
        (files.CONFIG, b"\xff", "not JSON"),
        (files.CONFIG, b"[]", "does not describe a network"),
        (files.CONFIG, b"{}", "does not describe a network"),
        (files.CONFIG, b"[" * 100_000, "not JSON"),
        (files.METADATA, b"{}", "metadata.json cannot be read"),
        (files.METADATA, b'{"keras_version": "1.2.2"}', "saved by Keras 1.2.2"),
        (files.METADATA, b'{"keras_version": "4.0.0"}', "saved by Keras 4.0.0"),
        (files.METADATA, b'{"keras_version": "new"}', "does not say which Keras"),
        (files.WEIGHTS, b"no HDF5", "cannot be read"),
    ],
)
def test_a_broken_part_is_named(entry, content, reason):
    parts = files.entries(files.plain()) | {entry: content}
    with pytest.raises(ValueError, match=rf"^mine\.keras .*{reason}"):
        open_file(files.zipped(parts), "mine.keras")


def test_weights_of_another_network_are_refused():
    other = files.entries(files.saved(sequential()))[files.WEIGHTS]
    parts = files.entries(files.plain()) | {files.WEIGHTS: other}
    with pytest.raises(ValueError, match="weights that do not fit"):
        open_file(files.zipped(parts), "mine.keras")


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_weights_that_are_no_numbers_are_refused(number):
    def spoil(file):
        file["layers/dense/vars/0"][0, 0] = number

    with pytest.raises(ValueError, match="not finite"):
        open_file(files.with_weights(spoil), "mine.keras")


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (FileLimits(file_bytes=1000), "1000 bytes are allowed"),
        (FileLimits(config_bytes=1000), "config.json of .* 1000 bytes are allowed"),
        (FileLimits(parameters=100), "100 are allowed"),
        (FileLimits(activations=100), "feature map of 784 numbers"),
        (FileLimits(calls=3), "more than 3 layers"),
    ],
)
def test_every_limit_holds(limits, reason):
    with pytest.raises(ValueError, match=reason):
        open_file(files.plain(), "mine.keras", Options(limits=limits))


def test_limits_are_told_with_their_reasons():
    told = FileLimits().describe()
    assert len(told) == 4
    assert all("since" in sentence for sentence in told)


def test_a_file_packed_anew_is_read(network):
    data = files.zipped(files.entries(files.plain()), zipfile.ZIP_DEFLATED)
    read = open_file(data, "mine.keras")
    np.testing.assert_array_equal(read.model(PICTURES), network.model(PICTURES))


def test_a_file_that_is_cut_anywhere_is_refused():
    data = files.plain()
    for end in range(0, len(data), len(data) // 20):
        with pytest.raises(ValueError, match=r"^mine\.keras "):
            open_file(data[:end], "mine.keras")


def test_a_file_twice_in_the_zip_is_refused():
    target = io.BytesIO(files.plain())
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(files.CONFIG, b"{}")
    with pytest.raises(ValueError, match="a file twice"):
        open_file(target.getvalue(), "mine.keras")
