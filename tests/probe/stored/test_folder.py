"""A network in a folder: the same numbers without Keras, and never what was changed since."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from se_viz.nets import builtin, builtin_family, weights
from se_viz.probe.check import identity, self_check
from se_viz.probe.edit import scaled
from se_viz.probe.intervene import intervene, sweep
from se_viz.probe.probe import Probe
from se_viz.probe.stored import folder
from tests.probe import networks
from tests.probe.cases import CASES, SIZE
from tests.probe.networks import model_inputs, model_of, network_of


def kept(probe: Probe, place):
    folder.write(probe, folder.program_of(probe), place)
    return folder.read(place)


@pytest.fixture
def small():
    return Probe(network_of(model_of(networks.dense_fused)))


@pytest.mark.parametrize("case", CASES[::9], ids=lambda case: case.title)
def test_everything_comes_out_the_same_to_the_last_bit(case, tmp_path):
    probe = Probe(network_of(case.build(), SIZE, classes=4))
    again, pictures = kept(probe, tmp_path), model_inputs(3, SIZE)
    assert again.blocks == probe.blocks
    assert [each.describe() for each in again.sites] == [each.describe() for each in probe.sites]
    assert (again.network.output, again.network.classes) == (
        probe.network.output,
        probe.network.classes,
    )
    first, second = probe.read(pictures), again.read(pictures)
    np.testing.assert_array_equal(first.outputs, second.outputs)
    for name, gates in first.gates.items():
        np.testing.assert_array_equal(gates, second.gates[name])
    check = self_check(again, pictures)
    assert check.passed == bool(case.blocks)
    assert identity(again, pictures).same
    for block in probe.blocks[:1]:
        edit = scaled(probe.blocks, {block.name: np.arange(block.channels)}, 0.5)
        np.testing.assert_array_equal(
            intervene(probe, pictures, edit).outputs, intervene(again, pictures, edit).outputs
        )
        np.testing.assert_array_equal(sweep(probe, pictures, edit), sweep(again, pictures, edit))
        u = probe.inside(pictures, block.name).u
        np.testing.assert_array_equal(u, again.inside(pictures, block.name).u)


@pytest.mark.parametrize("name", ["record.json", "model.xml", "model.bin", "weights.safetensors"])
@pytest.mark.parametrize("damage", ["missing", "cut", "one bit"])
def test_what_was_damaged_is_not_read(name, damage, small, tmp_path):
    folder.write(small, folder.program_of(small), tmp_path)
    data = bytearray((tmp_path / name).read_bytes())
    if damage == "missing":
        (tmp_path / name).unlink()
    else:
        data[len(data) // 2] ^= 1
        (tmp_path / name).write_bytes(data[: len(data) // 2] if damage == "cut" else data)
    with pytest.raises(folder.DamagedError):
        folder.read(tmp_path)


def test_a_record_of_another_format_is_not_read(small, tmp_path):
    folder.write(small, folder.program_of(small), tmp_path)
    path = tmp_path / "record.json"
    made = json.loads(path.read_bytes())
    made["record"]["format"] += 1
    made["sha256"] = folder._digest_of(made["record"])
    path.write_text(json.dumps(made))
    with pytest.raises(folder.DamagedError):
        folder.read(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record["sha256"].update({"../outside": "f" * 64}),
        lambda record: record["sha256"].pop("model.xml"),
        lambda record: record["weights"].pop(),
        lambda record: record["facts"].update(preprocessing=[[[]]] * 9),
    ],
)
def test_a_record_that_was_made_up_is_not_read(change, small, tmp_path):
    """Its digests agree."""
    outside = tmp_path / "outside"
    os.mkfifo(outside)  # whoever reads it waits for ever
    place = tmp_path / "kept"
    place.mkdir()
    folder.write(small, folder.program_of(small), place)
    path = place / "record.json"
    made = json.loads(path.read_bytes())
    change(made["record"])
    made["sha256"] = folder._digest_of(made["record"])
    path.write_text(json.dumps(made))
    with pytest.raises(folder.DamagedError):
        folder.read(place)


def test_what_ships_is_the_built_in_network(builtin_probe):
    """Made anew from the weights, it gives the same."""
    assert builtin_probe.network.fingerprint == weights.fingerprint(builtin.WEIGHTS)
    made, pictures = Probe(builtin_family.network_of_builtin()), model_inputs(2, 160)
    here, there = made.read(pictures), builtin_probe.read(pictures)
    np.testing.assert_allclose(here.outputs, there.outputs, atol=1e-4)
    for name, gates in here.gates.items():
        np.testing.assert_allclose(gates, there.gates[name], atol=1e-5)
    assert made.network.output == builtin_probe.network.output == builtin.OUTPUT


ALONE = """
import sys
import numpy as np
from se_viz.nets import zoo
from se_viz.probe.stored.store import probe_of

probe = probe_of(zoo.entries()["builtin"])
print(probe.read(np.zeros((1, 160, 160, 3), np.uint8)).outputs.shape)
print({"tensorflow", "keras"} & set(sys.modules))
"""


def test_neither_keras_nor_tensorflow_is_loaded():
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["(1, 10)", "set()"]
