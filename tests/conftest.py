"""Marks, and before anything loads TensorFlow: its library oneDNN is on, as on most machines.

On processors without certain instructions (AVX512-VNNI) TensorFlow leaves it off, and then it has
no convolution with channels first.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.nets.shipped import builtin_probe

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")


ROOT = Path(__file__).resolve().parent
SLOW = (
    *("additions", "compat", "engines", "training", "ui"),
    *("nets/own", "nets/timm", "nets/se_resnet/test_build.py", "nets/test_applications.py"),
    *("probe/test_contract.py", "probe/test_intervene.py", "probe/test_inputs.py"),
    *("probe/test_check.py", "probe/test_probe.py"),
    *("figures/test_any_network.py", "pictures/decoding/test_formats.py"),
    *("test_api.py", "test_cli", "test_complexity.py", "test_installed.py", "test_style.py"),
)
"""What takes most of the time: whole flows, and networks of many layouts."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is `slow` and what takes a `browser`: without both, an answer takes two minutes."""
    for item in items:
        place = item.path.relative_to(ROOT).as_posix()
        if place.startswith("browser/"):
            item.add_marker("browser")
        elif place.startswith(SLOW) or item.get_closest_marker("long"):
            item.add_marker("slow")


@pytest.fixture(scope="module", autouse=True)
def same_weights_each_time():
    """Keras draws a layer's weights by numbers from here: of a gate with two hidden units, one draw
    in a few has both dead on every picture."""
    random.seed(0)


@pytest.fixture(scope="session", autouse=True)
def a_place_for_networks(tmp_path_factory):
    """What is kept of networks stays out of the user's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SE_VIZ_CACHE", str(tmp_path_factory.mktemp("networks")))
        yield


@pytest.fixture(name="builtin_probe", scope="session")
def given_builtin_probe():
    """The built-in network with its probe, as tests share it."""
    return builtin_probe()


@pytest.fixture
def by_tensorflow(monkeypatch):
    """Networks are run by TensorFlow alone."""
    from se_viz.probe.runtimes import catalogue

    kept = [runtime for runtime in catalogue.RUNTIMES if runtime.name == "TensorFlow"]
    monkeypatch.setattr(catalogue, "RUNTIMES", kept)


@pytest.fixture
def loaded_once(monkeypatch):
    """Each command loads its network anew; here they share the built-in one."""
    from se_viz.cli import network

    load = network.probe_of
    here = {"builtin": lambda choice: builtin_probe()}
    monkeypatch.setattr(network, "probe_of", lambda choice: here.get(choice.model, load)(choice))
