"""Every network of the zoo, on the command line: opt-in, as it takes half an hour and 8 GB.

`SE_VIZ_ALL=1 python -m pytest tests/test_whole_zoo.py`. The weights are made by rule and come from
local servers; what is tested is that each network can be had, probed and checked.
"""

from __future__ import annotations

import gc
import hashlib
import json
from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import save

from se_viz import cli
from se_viz.nets import applications, builtin, replication_family, timm, zoo
from se_viz.probe import edit
from se_viz.probe.intervene import intervene, sweep
from se_viz.probe.probe import Probe
from tests.hub_server import HubServer
from tests.nets.timm import rule
from tests.nets.timm.test_parity import GOLDENS
from tests.pictures.picture_files import picture
from tests.scale import ALL

pytestmark = pytest.mark.skipif(not ALL, reason="SE_VIZ_ALL is not set")

APPLICATIONS = {application.name: application for application in applications.APPLICATIONS}
SMALL = [replication_family.name_of(row) for row in replication_family.TITLES]
OURS = [builtin.NAME, builtin.UNTRAINED, *SMALL]


def test_the_list_is_whole():
    assert list(zoo.entries()) == [*OURS, *timm.PUBLISHED, *APPLICATIONS]


@pytest.mark.parametrize("name", [*OURS, *timm.PUBLISHED, *APPLICATIONS])
def test_gates_and_check(name, request, tmp_path, capsys):
    if name in timm.PUBLISHED:
        request.getfixturevalue("hub")(name)
    if name in APPLICATIONS:
        request.getfixturevalue("store")(name)
    for number in range(2):
        (tmp_path / f"{number}.png").write_bytes(picture(number))
    pictures = [str(tmp_path / f"{number}.png") for number in range(2)]
    out = tmp_path / "gates.npz"
    assert cli.main(["gates", *pictures, "--model", name, "--out", str(out)]) == 0
    entry = zoo.entries()[name]
    with np.load(out) as found:
        assert found["logits"].shape == (2, entry.classes)
        gates = [key for key in found if key.startswith("gate/")]
        assert len(gates) == entry.se_blocks
    assert cli.main(["check", *pictures, "--model", name]) == 0, capsys.readouterr().out
    assert "gives the same outputs, to the last bit." in capsys.readouterr().out
    every_block_can_be_bypassed(name)
    assert zoo.entries()[name].local()
    gc.collect()


def every_block_can_be_bypassed(name: str) -> None:
    """A sweep gives finite logits, which differ from those without, and interventions the same."""
    probe = Probe(zoo.load(name))
    size = probe.network.preprocessing.size
    model_input = np.random.default_rng(0).integers(0, 256, (1, size, size, 3), np.uint8)
    runtimes_agree(probe, model_input)
    blocks = probe.blocks
    bypassed = [edit.fixed(blocks, {b.name: np.arange(b.channels)}, 1.0) for b in blocks]
    swept = sweep(probe, model_input, edit.stack(bypassed))[:, 0]
    assert np.isfinite(swept).all()
    changes = np.abs(swept[1:] - swept[0]).max(1)
    assert (changes > 0).all(), changes
    for place in (0, len(blocks) - 1):
        alone = intervene(probe, model_input, bypassed[place]).outputs[0]
        assert rule.difference(swept[place + 1], alone) < 1e-4


def runtimes_agree(probe: Probe, model_input: np.ndarray) -> None:
    """OpenVINO and TensorFlow give the same outputs and gates, within 1e-4 of the largest."""
    assert probe.runtime.title == "OpenVINO"
    here, there = probe.runtime.forward(model_input), probe.runtime.home.forward(model_input)
    pairs = zip((here.outputs, *here.gates), (there.outputs, *there.gates), strict=True)
    found = max(rule.difference(a, b) for a, b in pairs)
    print(f"{probe.network.name}: {found:.1e} between runtimes")
    assert found < 1e-4


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """Puts a network's weights on a hub of its own, with an empty cache."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    servers = []

    def serve(name: str) -> None:
        published = timm.PUBLISHED[name]
        with np.load(GOLDENS / f"{name.partition('.')[0]}.npz") as golden:
            shapes = json.loads(str(golden["shapes"]))
        file = f"{published.repositories[0]}/model.safetensors"
        servers.append(HubServer({file: save(rule.tensors(shapes))}))
        monkeypatch.setenv("HF_ENDPOINT", servers[-1].url)

    yield serve
    for server in servers:
        server.stop()


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Puts random weights where Keras keeps its own, and tells Keras their checksum."""
    import h5py
    import keras
    from keras.src.applications import efficientnet, efficientnet_v2, mobilenet_v3
    from keras.src.backend import config
    from keras.src.legacy.saving.legacy_h5_format import save_weights_to_hdf5_group

    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setattr(config, "_KERAS_DIR", str(tmp_path))

    def keep(name: str) -> None:
        application = APPLICATIONS[name]
        build = getattr(keras.applications, application.builder)
        shape = (application.size, application.size, 3)
        application.path.parent.mkdir(exist_ok=True)
        model = build(weights=None, input_shape=shape)
        for variable in model.trainable_variables:
            if variable.name == "gamma":  # without statistics, batch norm does not keep sums small
                variable.assign(np.full(variable.shape, 0.5))
        with h5py.File(application.path, "w") as file:
            save_weights_to_hdf5_group(file, model)
        md5 = hashlib.md5(application.path.read_bytes()).hexdigest()
        for module in (efficientnet, efficientnet_v2, mobilenet_v3):
            for key, (known, other) in list(module.WEIGHTS_HASHES.items()):
                if known == application.md5:
                    monkeypatch.setitem(module.WEIGHTS_HASHES, key, (md5, other))
        changed = APPLICATIONS | {name: replace(application, md5=md5)}
        monkeypatch.setattr(applications, "APPLICATIONS", tuple(changed.values()))

    return keep
