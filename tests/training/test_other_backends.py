"""Training and measuring where TensorFlow is not installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.training.test_commands import draw_folder

ROOT = Path(__file__).resolve().parents[2]
QUICK = "--xla_backend_optimization_level=0"
BLOCK = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "tensorflow":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Blocked())
"""
SMALL = """
from se_viz.nets.se_resnet.group_conv import GroupConv2D
from se_viz.nets.se_resnet.se_block import squeeze_excite
from se_viz.training import fit
from se_viz.training.__main__ import main

def build(config, policy):
    import keras

    pictures = keras.Input((None, None, 3))
    x = keras.layers.Conv2D(8, 3, 4, data_format="channels_last", dtype=policy)(pictures)
    x = GroupConv2D(8, 3, groups=2, data_format="channels_last", dtype=policy)(x)
    x = keras.layers.BatchNormalization(dtype=policy)(x)
    x = squeeze_excite(x, 4, data_format="channels_last")
    x = keras.layers.GlobalAveragePooling2D("channels_last")(x)
    return keras.Model(pictures, keras.layers.Dense(10, name="logits")(x))

fit.build = build
status = main("fit --data . --out run --epochs 1 --batch 10 --precision float32".split())
assert status == 0, status
assert main(["ship", "--data", ".", "--run", "run"]) == 2
from se_viz.nets import builtin
from se_viz.nets.weights import read
assert all(name in read("run/weights.safetensors") for name in ("SE_reduce/kernel",))
print("loaded", *{name.split(".")[0] for name in sys.modules} & {"tensorflow", "jax"})
"""


def test_the_built_in_network_is_trained_where_only_jax_is(tmp_path):
    """The whole of `fit`, on a network that compiles in no time; what probes is refused."""
    pytest.importorskip("jax")
    for split in ("train", "val"):
        draw_folder(tmp_path, split, 1)
    done = run(BLOCK + SMALL, tmp_path, XLA_FLAGS=QUICK)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1] == "loaded jax"
    assert "TensorFlow, which is not installed here: pip install tensorflow." in done.stderr


def run(script: str, folder: Path, **settings: str) -> subprocess.CompletedProcess:
    """In a process that starts in a folder, where Keras also looks for its settings."""
    env = {name: value for name, value in os.environ.items() if name != "KERAS_BACKEND"}
    env |= {"KERAS_HOME": str(folder), "PYTHONPATH": str(ROOT)} | settings
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
