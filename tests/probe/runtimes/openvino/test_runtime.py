"""OpenVINO: the precision that was asked for, the batch that plays no part, what it refuses."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from se_viz.compat import openvino
from se_viz.probe.probe import Probe
from se_viz.probe.runtimes.converted import runtime as converted
from se_viz.probe.runtimes.openvino import compiled, runtime
from se_viz.probe.runtimes.openvino.variants import reading
from tests.probe import networks
from tests.probe.networks import model_inputs, model_of, network_of

COARSE = "bfloat16"
has_coarse = pytest.mark.skipif(COARSE not in compiled.precisions(), reason="no bfloat16 here")


def probe_of(precision: str = "float32", block=networks.dense_fused) -> Probe:
    return Probe(network_of(model_of(block)), batch=4, precision=precision)


def kinds_within(model, precision: str) -> set[str]:
    """In which kinds of numbers the processor computes the convolutions of a model."""
    options = {compiled.HINT: compiled.SHORT[precision]}
    made = openvino.library.Core().compile_model(model, compiled.DEVICE, options)
    told = [node.get_rt_info() for node in made.get_runtime_model().get_ops()]
    return {
        info["runtimePrecision"] for info in told if info["layerType"] in ("Convolution", "MatMul")
    }


def test_it_computes_in_single_precision_although_the_processor_may_prefer_another(builtin_probe):
    model = reading(builtin_probe.runtime.model, ["outputs"])
    assert kinds_within(model, "float32") == {"f32"}
    options = []
    real = openvino.library.Core.compile_model

    class Core(openvino.library.Core):
        def compile_model(self, *given):
            options.append(given[2])
            return real(self, *given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(openvino.library, "Core", Core)
        compiled.compile_once(model, "float32")
    assert options[0][compiled.HINT] == "f32"


@has_coarse
def test_bfloat16_is_what_is_asked_for_and_comes_out_otherwise(builtin_probe):
    assert "bf16" in kinds_within(reading(builtin_probe.runtime.model, ["outputs"]), COARSE)
    pictures = model_inputs(2, builtin_probe.network.preprocessing.size)
    coarse = Probe(
        builtin_probe.network, precision=COARSE, settled=builtin_probe.runtime.program
    ).read(pictures)
    exact = builtin_probe.read(pictures)
    apart = max(np.abs(coarse.gates[name] - gates).max() for name, gates in exact.gates.items())
    assert 1e-4 < apart < 0.1


def test_a_precision_that_there_is_not_is_refused(monkeypatch):
    monkeypatch.setattr(compiled, "precisions", lambda: ("float32",))
    with pytest.raises(ValueError, match="this processor does not compute in bfloat16"):
        probe_of(COARSE).read(model_inputs(1))


def test_nobody_runs_in_single_precision_what_was_asked_for_in_another(monkeypatch):
    """Where OpenVINO is not installed, TensorFlow does not stand in."""
    monkeypatch.setitem(sys.modules, "se_viz.probe.runtimes.converted.runtime", None)
    with pytest.raises(ValueError, match="Without OpenVINO, networks are run in float32"):
        probe_of(COARSE)
    assert probe_of().runtime.title == "TensorFlow"


def test_an_endless_output_does_not_hide_that_others_are_wrong(monkeypatch):
    model = model_of(networks.dense_fused)
    model.layers[-1].bias.assign([np.inf, 0, 0])
    assert Probe(network_of(model)).runtime.title == "OpenVINO"
    real = converted.OpenVINORuntime.forward

    def off(self, pictures):
        found = real(self, pictures)
        found.outputs[:, 1] += 1
        return found

    monkeypatch.setattr(converted.OpenVINORuntime, "forward", off)
    assert Probe(network_of(model)).runtime.title == "TensorFlow"


def test_outputs_do_not_depend_on_the_batch(builtin_probe):
    pictures = model_inputs(5, builtin_probe.network.preprocessing.size)
    whole = builtin_probe.read(pictures)
    for row in range(5):
        alone = builtin_probe.read(pictures[row : row + 1])
        np.testing.assert_array_equal(alone.outputs[0], whole.outputs[row])
        for name, gates in whole.gates.items():
            np.testing.assert_array_equal(alone.gates[name][0], gates[row])


def test_what_openvino_refuses_tensorflow_runs(monkeypatch, caplog):
    def refuse(*given):
        raise RuntimeError("no such operation")

    monkeypatch.setattr(converted, "written", refuse)
    probe = probe_of()
    assert probe.read(model_inputs(2)).gates["SE_1"].shape == (2, networks.CHANNELS)
    assert (probe.runtime.title, probe.runtime.precision) == ("TensorFlow", "float32")
    assert "OpenVINO does not take" in caplog.text


def test_what_openvino_computes_otherwise_tensorflow_runs(monkeypatch):
    real = converted.OpenVINORuntime.forward

    def off(self, pictures):
        found = real(self, pictures)
        found.outputs[:] += 1.0
        return found

    monkeypatch.setattr(converted.OpenVINORuntime, "forward", off)
    assert probe_of().runtime.title == "TensorFlow"


def test_in_bfloat16_nothing_stands_in(monkeypatch):
    def refuse(*given):
        raise RuntimeError("no such operation")

    monkeypatch.setattr(converted, "written", refuse)
    with pytest.raises(ValueError, match="OpenVINO does not take it: no such operation"):
        probe_of(COARSE).read(model_inputs(1))


def test_passes_that_were_not_asked_for_longest_give_way(monkeypatch):
    monkeypatch.setattr(runtime, "MOST", 1)
    probe = probe_of()
    seen = probe.read(model_inputs(2))
    probe.bare(model_inputs(2))
    assert len(probe.runtime.passes.compiled) == 1
    np.testing.assert_array_equal(probe.read(model_inputs(2)).outputs, seen.outputs)


def test_nothing_after_the_block_is_computed(builtin_probe):
    model = builtin_probe.runtime.model
    first, last = (len(reading(model, [f"x_{number}"]).get_ops()) for number in (0, 15))
    assert first < last / 4


WATCHED = """
import socket, sys

def refuse(*given):
    raise AssertionError(f"a connection to {given}")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
from tests.probe import networks
from tests.probe.networks import model_inputs, model_of, network_of
from se_viz.probe.probe import Probe

probe = Probe(network_of(model_of(networks.dense_fused)))
probe.read(model_inputs(1))
print(probe.runtime.title, sys.modules["openvino_telemetry"])
"""


def test_nothing_leaves_the_machine():
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["OpenVINO", "None"], done.stderr


WITHOUT = """
import sys
import importlib.util
real = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "openvino" else real(name, *more)
sys.modules["openvino"] = None
import numpy as np
from se_viz.nets import zoo
from se_viz.probe.stored.store import probe_of

probe = probe_of(zoo.entries()["builtin"])
print(probe.read(np.zeros((1, 160, 160, 3), np.uint8)).outputs.shape, probe.runtime.title)
"""


def test_where_it_is_not_installed_tensorflow_runs():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "(1, 10) TensorFlow"
