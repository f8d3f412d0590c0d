"""Files that were made to do harm: refused with one sentence, before Keras sees any of them."""

from __future__ import annotations

import base64
import io
import marshal
import random
import struct
import sys
import tarfile
import zipfile
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.nets.own import FileLimits, Options, keras_file, open_file
from tests.nets.own import files

HARM = frozenset(("os.system", "subprocess.Popen", "socket.connect", "pickle.find_class"))
heard: list[str] = []
sys.addaudithook(lambda event, _: heard.append(event) if event in HARM else None)


@pytest.fixture
def unseen(monkeypatch):
    """Fails the test if anything of the file is handed to Keras."""
    handed = []
    for name in ("_build", "_load"):
        monkeypatch.setattr(keras_file, name, lambda *given: handed.append(given))
    heard.clear()
    yield
    assert handed == []
    assert heard == []


@pytest.fixture
def sentinel(tmp_path):
    """A file that an attack would write, if it worked."""
    path = tmp_path / "harmed"
    yield path
    assert not path.exists()


def refused(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=rf"^mine\.keras .*{reason}.*\.$") as caught:
        open_file(data, "mine.keras")
    assert "\n" not in str(caught.value)


def layer(kind: str, module: str = "keras.layers", **config) -> dict:
    return {"module": module, "class_name": kind, "config": {"name": "added", **config}}


def function(name: str, module: str) -> dict:
    return {"module": module, "class_name": "function", "config": name, "registered_name": name}


def lambda_of(path: Path) -> dict:
    """A Python function as Keras packs it, which writes a file."""
    code = compile(f"open({str(path)!r}, 'w').close()", "attack", "exec")
    packed = base64.b64encode(marshal.dumps(code)).decode()
    return {"class_name": "__lambda__", "config": {"value": [packed, None, None]}}


def test_an_ordinary_layer_put_in_the_same_way_is_read():
    assert open_file(files.with_layer(layer("Activation", activation="relu")), "mine.keras")


def test_the_lambda_does_harm_where_nothing_stops_it(tmp_path):
    keras.saving.deserialize_keras_object(lambda_of(tmp_path / "harmed"), safe_mode=False)()
    assert (tmp_path / "harmed").exists()


def test_lambda_layers(unseen, sentinel):
    refused(files.with_layer(layer("Lambda", function=lambda_of(sentinel))), "Lambda layer")


def test_lambda_layers_in_wrappers_and_networks_in_networks(unseen, sentinel):
    bad = layer("Lambda", function=lambda_of(sentinel))
    refused(files.with_layer(layer("SpectralNormalization", layer=bad)), "Lambda layer")
    refused(files.with_layer(layer("TimeDistributed", layer=bad)), "“TimeDistributed”")
    refused(files.with_layer(layer("Bidirectional", layer=bad)), "“Bidirectional”")
    inner = layer("Sequential", "keras", layers=[bad])
    refused(files.with_layer(layer("Sequential", "keras", layers=[inner])), "Lambda layer")


def test_a_lambda_where_a_setting_should_be(unseen, sentinel):
    for spot in ("activation", "name", "filters", "anything"):
        conv = layer("Conv2D", **{"filters": 2, "kernel_size": 1, spot: lambda_of(sentinel)})
        refused(files.with_layer(conv), "“__lambda__”")


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("system", "os"),
        ("eval", "builtins"),
        ("run", "subprocess"),
        ("get_file", "keras.utils"),
        ("get_file", "keras.src.utils.file_utils"),
        ("enable_unsafe_deserialization", "keras.config"),
        ("load_model", "keras.saving"),
        ("load_model", "keras.models"),
        ("func_load", "keras.src.utils.python_utils"),
    ],
)
def test_functions_of_other_modules(unseen, name, module):
    """CVE-2025-1550: any function. CVE-2025-8747, 12060: fetch a file. CVE-2025-9906: safe mode."""
    call = {"args": ["touch harmed"], "kwargs": {}}
    bad = {**function(name, module), "inbound_nodes": [call], "name": "added"}
    refused(files.with_layer(bad), f"calls the function “{name}”")
    refused(files.with_layer(layer("Activation", activation=function(name, module))), "“" + name)
    refused(files.with_config(lambda config: {**bad, "config": name}), "“function”")


def test_a_network_that_switches_safe_mode_off_first(unseen, sentinel):
    """CVE-2025-9906."""

    def change(config):
        off = function("enable_unsafe_deserialization", "keras.config")
        bad = layer("Lambda", function=lambda_of(sentinel))
        config["config"]["layers"][:0] = [off, bad]

    refused(files.with_config(change), "enable_unsafe_deserialization")


@pytest.mark.parametrize("kind", ["StringLookup", "IntegerLookup", "TextVectorization", "Hashing"])
def test_layers_that_read_files(unseen, kind):
    """CVE-2025-12058: a vocabulary may be the path of any file, or an address in a network."""
    refused(files.with_layer(layer(kind, vocabulary="/etc/passwd")), f"“{kind}”")


@pytest.mark.parametrize(
    "kind", ["TorchModuleWrapper", "TFSMLayer", "FlaxLayer", "JaxLayer", "Pipeline", "Layer"]
)
def test_layers_that_hold_other_programs(unseen, kind):
    """CVE-2025-49655: TorchModuleWrapper unpickles what it is given."""
    refused(files.with_layer(layer(kind, module="gASV", filepath="/tmp")), f"“{kind}”")
    refused(files.with_layer(layer(kind, "keras.src.utils.torch_utils")), f"“{kind}”")


@pytest.mark.parametrize(
    "bad",
    [
        layer("Popen", "subprocess", args="true"),
        layer("Conv2D", "kerasevil.layers"),
        layer("Conv2D", "keras.layers.evil"),
        layer("Conv2D", None),
        layer("Mine", "mypackage.layers") | {"registered_name": "mine>Mine"},
        layer("Conv2D") | {"registered_name": "mine>Conv2D"},
        layer("Map", "keras.src.ops.core"),
        layer("CTCLoss", "keras.src.ops.nn"),
        {"class_name": "Conv2D", "config": {}},
        {"class_name": "Conv2D", "module": "keras.layers"},
        {"class_name": ["Conv2D"], "module": "keras.layers", "config": {}},
        {"class_name": "__typespec__", "config": [], "module": "tensorflow", "spec_name": "X"},
        {"class_name": "__bytes__", "config": {"value": "x"}},
        {"class_name": "__numpy__", "config": {"value": ["x"], "dtype": "S1000000000"}},
    ],
    ids=lambda bad: str(bad.get("class_name")),
)
def test_classes_that_are_not_on_the_list(unseen, bad):
    refused(files.with_layer(bad), "not opened|not known")


def test_the_optimizer_and_the_initializers_are_never_read(sentinel):
    """What matters in training alone is left out, whatever it is."""
    bad = lambda_of(sentinel)

    def change(config):
        config["compile_config"] = config["build_config"] = bad
        conv = config["config"]["layers"][1]["config"]
        conv |= {"kernel_initializer": bad, "bias_regularizer": bad, "kernel_constraint": bad}

    assert open_file(files.with_config(change), "mine.keras")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"units": 10**9}, "beyond all bounds, such as 1000000000"),
        ({"units": 10**400}, "beyond all bounds, such as 1000000000"),
        ({"units": 4e16}, "beyond all bounds, such as 4e\\+16"),
        ({"units": float("nan")}, "beyond all bounds, such as nan"),
        ({"units": 10**6}, "network of 5,000,128 weights and holds only 143"),
        ({"units": 10**7, "use_bias": False}, "network of 40,000,128 weights and holds only 143"),
        ({"units": -1}, "Keras cannot build"),
        ({"dtype": "int4_from_float32"}, "number format"),
    ],
)
def test_sizes_that_would_fill_the_memory(change, reason):
    refused(files.with_config(lambda c: c["config"]["layers"][-1]["config"].update(change)), reason)


def test_layers_on_the_side_count_as_well():
    """The network does not use such a layer, and building it would fill the memory all the same."""
    aside = layer("Conv2D", filters=10**6, kernel_size=[7, 7])
    refused(files.with_layer(aside), "layers that are no part of its network")


def test_feature_maps_that_would_fill_the_memory():
    steps = [keras.layers.UpSampling2D(2), keras.layers.GlobalAveragePooling2D()]
    data = files.saved(keras.Sequential([keras.Input((16, 16, 3)), *steps]))

    def change(config):
        config["config"]["layers"][1]["config"]["size"] = [5000, 5000]

    assert open_file(data, "mine.keras")
    refused(files.with_config(change, data), "feature map of 19,200,000,000 numbers")


def test_constants_that_would_be_computed_at_once(unseen):
    pad = {**layer("Pad", "keras.src.ops.numpy"), "inbound_nodes": [{"args": [1.0], "kwargs": {}}]}
    refused(files.with_layer(pad), "not part of the network")
    normalise = layer("Normalization", axis=[1, 2, 3], mean=0.0, variance=1.0)
    refused(files.with_layer(normalise), "pixel by pixel")


def test_networks_that_multiply(unseen):
    """Ten calls in ten calls in ten calls: a short file, a network without end."""
    tensor = {"class_name": "__keras_tensor__", "config": {"keras_history": ["x", 0, 0]}}
    bomb = layer("Identity")
    for _ in range(5):
        node = {"args": [tensor], "kwargs": {}}
        bomb = layer("Functional", "keras", layers=[{**bomb, "inbound_nodes": [node] * 10}])
    refused(files.with_config(lambda config: bomb), "more than 5,000 layers")


def test_descriptions_that_are_nested_without_end(unseen):
    def change(config):
        deep: list = []
        for _ in range(200):
            deep = [deep]
        config["config"]["layers"][1]["config"]["deep"] = deep

    refused(files.with_config(change), "nested levels")


# The ZIP


@pytest.mark.parametrize(
    "name",
    ["evil.pkl", "../model.py", "/etc/passwd", "assets/x/vocabulary.txt", "model.weights.npz"],
)
def test_other_files_in_the_zip(unseen, name):
    refused(files.zipped({**files.entries(files.plain()), name: b"x"}), "no place in a .keras file")


def test_weights_as_numpy_pickles(unseen):
    """Keras reads model.weights.npz as well; it is not on the list."""
    parts = files.entries(files.plain())
    array = io.BytesIO()
    np.savez(array, np.zeros(1))
    parts["model.weights.npz"] = array.getvalue()
    del parts[files.WEIGHTS]
    refused(files.zipped(parts), "model.weights.h5 is not in it")


def test_a_tar_that_calls_itself_keras(unseen, sentinel):
    """CVE-2025-12060: archives that write outside their folder."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        archive.addfile(tarfile.TarInfo(f"../../{sentinel}"), io.BytesIO())
    refused(target.getvalue(), "broken ZIP")


@pytest.mark.parametrize("entry", files.ENTRIES)
def test_zip_bombs(unseen, entry):
    parts = files.entries(files.plain()) | {entry: b"\0" * (8 * 2**20)}
    refused(files.zipped(parts, zipfile.ZIP_DEFLATED), "ZIP bombs")


def test_a_list_of_a_million_files(unseen):
    names = {f"{number:x}": b"" for number in range(40_000)}
    refused(files.zipped(files.entries(files.plain()) | names), "far more files")


def test_a_file_that_understates_its_size(unseen):
    """The list says 10 bytes where far more are packed: no more than 10 are read."""
    parts = files.entries(files.plain())
    data = bytearray(files.zipped(parts))
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(files.WEIGHTS.encode()))
    data[place + 24 : place + 28] = struct.pack("<I", 10)
    refused(bytes(data), "unpacked|cannot be read")


# The weights


def other_file(folder: Path) -> Path:
    path = folder / "secret.h5"
    with h5py.File(path, "w") as file:
        file["secret"] = np.ones((3, 3, 3, 4), "float32")
    return path


KERNEL = "layers/conv2d/vars/0"


def put(make):
    """Something else in place of the first kernel."""

    def change(file):
        del file[KERNEL]
        make(file)

    return files.with_weights(change)


def test_weights_in_other_files(unseen, tmp_path):
    """CVE-2026-1669: what lies in other files of the machine would come back as weights."""
    secret = str(other_file(tmp_path))

    def external(file):
        file[KERNEL] = h5py.ExternalLink(secret, "/secret")

    def soft(file):
        file[KERNEL] = h5py.SoftLink("/layers/dense/vars/0")

    def stored(file):
        file.create_dataset(KERNEL, (3, 3, 3, 4), "float32", external=[(secret, 0, 432)])

    def virtual(file):
        layout = h5py.VirtualLayout((3, 3, 3, 4), "float32")
        layout[:] = h5py.VirtualSource(secret, "secret", (3, 3, 3, 4))
        file.create_virtual_dataset(KERNEL, layout)

    refused(put(external), "point elsewhere")
    refused(put(soft), "point elsewhere")
    refused(put(stored), "kept in other files")
    refused(put(virtual), "kept in other files")
    refused(
        files.with_weights(lambda file: file.__setitem__("x", h5py.ExternalLink(secret, "/"))),
        "point elsewhere",
    )


def test_weights_that_declare_more_than_they_hold(unseen):
    """CVE-2026-0897."""

    def packed(file):
        file.create_dataset(KERNEL, (10**5, 10**5), "float32", chunks=(100, 100))

    def late(file):
        space = h5py.h5s.create_simple((10**5, 10**5))
        h5py.h5d.create(file["layers/conv2d/vars"].id, b"0", h5py.h5t.IEEE_F32LE, space)

    refused(put(packed), "packed")
    refused(put(late), "more weights than it holds")


def test_weights_that_are_no_numbers(unseen):
    for values in (b"text", np.array([b"text"]), np.array([(1, 2)], [("a", "i4"), ("b", "i4")])):
        refused(put(lambda file, v=values: file.__setitem__(KERNEL, v)), "not numbers")
    kind = h5py.vlen_dtype(np.float32)
    refused(put(lambda file: file.create_dataset(KERNEL, (2,), kind)), "not numbers")
    refused(put(lambda file: file.__setitem__(KERNEL, np.dtype("f4"))), "unknown kind")


def test_groups_that_hold_themselves(unseen):
    def change(file):
        file["layers/again"] = file["layers"]

    refused(files.with_weights(change), "without end")


# Anything


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_bytes_of_any_kind_give_one_sentence(data):
    for name in ("mine.keras", "mine.safetensors", "mine.weights.h5"):
        with pytest.raises(ValueError, match=rf"^{name} "):
            open_file(data, name)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_anywhere_in_the_file_gives_a_network_or_one_sentence(data):
    content = bytearray(files.plain())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    expect_network_or_sentence(bytes(content))


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(
        [
            [],
            {},
            function("system", "os"),
            layer("Lambda"),
            layer("Dense", units=10**9),
            layer("Conv2D", filters=2, kernel_size=1),
            {"class_name": "__numpy__", "config": {"value": [1], "dtype": "float32"}},
            {"class_name": "__ellipsis__", "config": {}},
            "float16",
            "__lambda__",
        ]
    ),
)


@settings(max_examples=120, deadline=None)
@given(VALUES, st.integers(0, 2**32))
def test_any_change_of_the_description_gives_a_network_or_one_sentence(value, seed):
    def change(config):
        places = list(spots(config))
        parent, key = random.Random(seed).choice(places)
        parent[key] = value

    expect_network_or_sentence(files.with_config(change))


def spots(value):
    """Every place in a nested value, as (what holds it, key)."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in list(pairs):
        yield value, key
        if isinstance(item, dict | list):
            yield from spots(item)


def expect_network_or_sentence(data: bytes) -> None:
    heard.clear()
    try:
        network = open_file(data, "mine.keras", Options(limits=FileLimits(parameters=10**6)))
    except ValueError as error:
        assert str(error).startswith("mine.keras ")  # noqa: PT017
        assert str(error).endswith(".")  # noqa: PT017
    else:
        assert isinstance(network.model, keras.Model)
    assert heard == []
