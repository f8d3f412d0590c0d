"""People's own networks in ONNX: the gates that exporters write, and files that are no networks."""

from __future__ import annotations

import json
from contextlib import contextmanager

import numpy as np
import onnx
import pytest
import tensorflow as tf
from onnx import helper
from onnx.reference import ReferenceEvaluator

from se_viz import cli
from se_viz.compat import openvino
from se_viz.nets.own import FileLimits, Options, open_file, open_upload
from se_viz.probe.check import identity, self_check
from se_viz.probe.edit import fixed, scaled
from se_viz.probe.intervene import intervene, sweep
from se_viz.probe.probe import Probe
from tests.nets.own import onnx_networks as made
from tests.pictures.picture_files import picture
from tests.probe import networks
from tests.probe.networks import model_inputs

PICTURES = model_inputs(3, made.SIZE)
WAYS = [
    *({"excite": excite} for excite in (made.dense, made.matmul, made.convolution)),
    *({"squeeze": squeeze} for squeeze in (made.averaged, made.reduced)),
    *({"gate": gate, "excite": made.convolution} for gate in (made.hard, made.clipped)),
    *({"opset": opset} for opset in (11, 12)),
    *({"batch": 1, "excite": excite} for excite in (made.dense, made.convolution)),
]


def named(way: dict) -> str:
    return ", ".join(getattr(value, "__name__", str(value)) for value in way.values())


def probe_of(model: onnx.ModelProto, **options) -> Probe:
    return Probe(open_file(model.SerializeToString(), "small.onnx", Options(**options)))


@pytest.mark.parametrize("way", WAYS, ids=named)
def test_the_block_is_found_read_and_taken_in_hand_however_it_is_written(way):
    model = made.model(**way)
    probe = probe_of(model)
    (block,) = probe.blocks
    assert (block.name, block.channels, block.ratio) == ("SE_1", made.CHANNELS, 4)
    check = self_check(probe, PICTURES)
    assert check.passed, check.describe()
    assert identity(probe, PICTURES).same
    seen, gates = probe.read(PICTURES), np.full((3, made.CHANNELS), 0.25, np.float32)
    np.testing.assert_allclose(seen.outputs, outputs(model, probe), rtol=1e-4, atol=1e-5)
    whole = {"SE_1": np.arange(made.CHANNELS)}
    held = intervene(probe, PICTURES, fixed(probe.blocks, whole, {"SE_1": gates}))
    np.testing.assert_array_equal(held.gates["SE_1"], gates)
    halved = scaled(probe.blocks, whole, 0.5)
    np.testing.assert_allclose(
        intervene(probe, PICTURES, halved).outputs, seen.outputs / 2, rtol=1e-4, atol=1e-5
    )
    swept = sweep(probe, PICTURES, halved)
    np.testing.assert_allclose(swept[1], seen.outputs / 2, rtol=1e-4, atol=1e-5)
    inside = probe.inside(PICTURES, "SE_1")
    np.testing.assert_allclose(inside.x, inside.u * inside.s[:, None, None], rtol=1e-5)


def outputs(model: onnx.ModelProto, probe: Probe) -> np.ndarray:
    """What ONNX's own reference gives, one picture after another."""
    mean, std = (
        np.array(n) for n in (probe.network.preprocessing.mean, probe.network.preprocessing.std)
    )
    pixels = np.moveaxis((PICTURES / 255 - mean) / std, 3, 1).astype(np.float32)
    run = ReferenceEvaluator(model)
    return np.concatenate([run.run(None, {"x": pixels[i : i + 1]})[0] for i in range(len(pixels))])


def test_what_is_said_of_it_holds():
    probe = probe_of(made.model(), classes=("cat", "dog", "fish"), output="scores")
    assert probe.network.classes == ("cat", "dog", "fish")
    assert probe.network.output.kind == "scores"
    with pytest.raises(ValueError, match="tells 3 classes apart, and 2 names were given"):
        probe_of(made.model(), classes=("cat", "dog"))


def saved(model: onnx.ModelProto, folder, location: str) -> None:
    onnx.save_model(
        model,
        folder / "small.onnx",
        save_as_external_data=True,
        location="weights.data",
        size_threshold=0,
    )
    there = onnx.load_model(folder / "small.onnx", load_external_data=False)
    for tensor in there.graph.initializer:
        for entry in tensor.external_data:
            entry.value = location if entry.key == "location" else entry.value
    (folder / "small.onnx").write_bytes(there.SerializeToString())


def test_weights_beside_the_file_belong_to_it(tmp_path):
    whole = probe_of(made.model()).read(PICTURES)
    saved(made.model(), tmp_path, "weights.data")
    network = open_file(tmp_path / "small.onnx")
    np.testing.assert_array_equal(Probe(network).read(PICTURES).outputs, whole.outputs)
    before = network.fingerprint
    data = bytearray((tmp_path / "weights.data").read_bytes())
    data[0] ^= 1
    (tmp_path / "weights.data").write_bytes(data)
    assert open_file(tmp_path / "small.onnx").fingerprint != before


@pytest.mark.parametrize("place", ["../weights.data", "/etc/passwd", "a/weights.data", ".."])
def test_nothing_outside_its_folder_is_opened(place, tmp_path):
    saved(made.model(), tmp_path, place)
    with pytest.raises(ValueError, match=r"^small\.onnx keeps its weights in another folder"):
        open_file(tmp_path / "small.onnx")


def test_nor_by_a_link(tmp_path):
    saved(made.model(), tmp_path, "weights.data")
    (tmp_path / "other").mkdir()
    (tmp_path / "weights.data").rename(tmp_path / "other" / "weights.data")
    with pytest.raises(
        ValueError, match=r"keeps its weights in weights\.data, which is not beside it"
    ):
        open_file(tmp_path / "small.onnx")
    (tmp_path / "weights.data").symlink_to(tmp_path / "other" / "weights.data")
    with pytest.raises(ValueError, match=r"which is not beside it"):
        open_file(tmp_path / "small.onnx")


def test_two_files_handed_in_together_are_one_network(tmp_path):
    saved(made.model(), tmp_path, "weights.data")
    data = (tmp_path / "small.onnx").read_bytes()
    with pytest.raises(ValueError, match=r"in another file \(weights\.data\): open both together"):
        open_file(data, "small.onnx")
    beside = {"weights.data": (tmp_path / "weights.data").read_bytes()}
    whole, network = probe_of(made.model()), open_upload(data, "small.onnx", beside=beside)
    seen = Probe(network).read(PICTURES)
    np.testing.assert_array_equal(seen.outputs, whole.read(PICTURES).outputs)
    with pytest.raises(ValueError, match="no name for a file beside another"):
        open_file(data, "small.onnx", beside={"../weights.data": b""})


def inputs(*shapes) -> bytes:
    """A network that adds up its inputs."""
    given = [
        helper.make_tensor_value_info(f"x{i}", onnx.TensorProto.FLOAT, shape)
        for i, shape in enumerate(shapes)
    ]
    y = helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, shapes[0])
    node = helper.make_node("Sum", [each.name for each in given], ["y"])
    graph = helper.make_graph([node], "sum", given, [y])
    made_of = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    return made_of.SerializeToString()


GOOD = made.model().SerializeToString()
BAD = {
    "empty": (b"", "cannot be read as a network in ONNX"),
    "text": (b"hello, this is no network", "is damaged, or no network in ONNX"),
    "half": (GOOD[: len(GOOD) // 2], "is damaged, or no network in ONNX"),
    "two inputs": (inputs(["n", 3, 8, 8], ["n", 3, 8, 8]), "takes 2 inputs instead of one picture"),
    "no pictures": (inputs(["n", 8]), "not pictures"),
    "not square": (inputs(["n", 3, 8, 16]), "takes pictures of 8 x 16 pixels, not square ones"),
}


@pytest.mark.parametrize("bad", BAD)
def test_what_is_no_network_is_refused_in_a_sentence(bad):
    data, why = BAD[bad]
    with pytest.raises(ValueError, match=rf"^bad\.onnx .*{why}"):
        open_file(data, "bad.onnx")


@pytest.mark.parametrize("limit", ["file_bytes", "parameters", "activations"])
def test_too_large_ones_are_refused(limit):
    with pytest.raises(ValueError, match="allowed"):
        probe_of(made.model(), limits=FileLimits(**{limit: 100}))


def test_every_byte_may_be_wrong():
    """Whatever is damaged ends in a sentence, or in a network that runs."""
    rng = np.random.default_rng(3)
    for _ in range(60):
        data = bytearray(GOOD)
        for place in rng.integers(0, len(data), 3):
            data[place] = rng.integers(0, 256)
        with suppress_named("bad.onnx"):
            Probe(open_file(bytes(data), "bad.onnx"))


@contextmanager
def suppress_named(name: str):
    """A ValueError that names the file is as good as none."""
    try:
        yield
    except ValueError as error:
        if not str(error).startswith(name):
            raise


def test_the_same_network_in_openvinos_own_form(tmp_path):
    network = openvino.library.Core().read_model(GOOD)
    openvino.library.save_model(network, tmp_path / "small.xml", compress_to_fp16=False)
    seen = Probe(open_file(tmp_path / "small.xml")).read(PICTURES)
    np.testing.assert_allclose(seen.outputs, probe_of(made.model()).read(PICTURES).outputs, 1e-5)
    data, weights = ((tmp_path / f"small.{end}").read_bytes() for end in ("xml", "bin"))
    again = Probe(open_file(data, "small.xml", beside={"small.bin": weights})).read(PICTURES)
    np.testing.assert_array_equal(again.outputs, seen.outputs)
    (tmp_path / "small.bin").unlink()
    with pytest.raises(
        ValueError, match=r"keeps its weights in small\.bin, which is not beside it"
    ):
        open_file(tmp_path / "small.xml")
    with pytest.raises(ValueError, match=r"small\.xml .*OpenVINO says"):
        open_file(b"<net/>", "small.xml", beside={"small.bin": b""})


def test_and_one_for_tensorflow_lite(tmp_path):
    keras_model = networks.model_of(networks.dense_fused)
    converter = tf.lite.TFLiteConverter.from_keras_model(keras_model)
    data = converter.convert()
    (tmp_path / "small.tflite").write_bytes(data)
    for given in (data, tmp_path / "small.tflite"):
        probe = Probe(open_file(given, "small.tflite"))
        (block,) = probe.blocks
        assert (block.channels, block.ratio) == (networks.CHANNELS, 4)
        assert self_check(probe, PICTURES).passed
        own = Probe(networks.network_of(keras_model)).read(PICTURES)
        np.testing.assert_allclose(probe.read(PICTURES).gates["SE_1"], own.gates["SE_1"], atol=1e-5)
    with pytest.raises(ValueError, match=r"small\.tflite .*OpenVINO says"):
        open_file(data[:200], "small.tflite")


def test_an_upload_is_tried_in_a_process_of_its_own():
    assert Probe(open_upload(GOOD, "small.onnx")).blocks


def test_the_command_line_takes_it(tmp_path):
    (tmp_path / "small.onnx").write_bytes(GOOD)
    (tmp_path / "a.png").write_bytes(picture(0))
    out = tmp_path / "gates.npz"
    given = ["gates", str(tmp_path / "a.png"), "--model", str(tmp_path / "small.onnx")]
    assert cli.main([*given, "--out", str(out)]) == 0
    with np.load(out) as found:
        assert found["gate/SE_1"].shape == (1, made.CHANNELS)
        assert json.loads(str(found["manifest"]))["network"]["runtime"] == "OpenVINO"
