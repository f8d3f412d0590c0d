"""Keras Applications: what the table says is what Keras builds, and its weights arrive whole."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import h5py
import numpy as np
import pytest

keras = pytest.importorskip("keras")

from keras.src.applications import efficientnet, efficientnet_v2, mobilenet_v3  # noqa: E402
from keras.src.backend import config  # noqa: E402
from keras.src.legacy.saving.legacy_h5_format import save_weights_to_hdf5_group  # noqa: E402

from se_viz.nets import applications, weights, zoo  # noqa: E402
from se_viz.nets.applications import APPLICATIONS, Application, load  # noqa: E402
from se_viz.nets.fetch import download  # noqa: E402
from se_viz.nets.fetch.failures import DownloadError  # noqa: E402
from se_viz.pictures import normalise  # noqa: E402
from tests.hub_server import HubServer  # noqa: E402
from tests.scale import ALL  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
BY_NAME = {application.name: application for application in APPLICATIONS}
QUICK = {"efficientnet_b0", "efficientnet_v2_b0", "mobilenet_v3_small", "mobilenet_v3_large"}
SMALL = BY_NAME["mobilenet_v3_small"]
FILE = "weights_mobilenet_v3_small_224_1.0_float.h5"


def by_keras(application: Application, **options):
    build = getattr(keras.applications, application.builder)
    return build(weights=None, classifier_activation=None, **options)


@pytest.fixture(scope="module")
def some_weights(tmp_path_factory) -> bytes:
    """Random weights of MobileNetV3-Small in the format of Keras's own files."""
    path = tmp_path_factory.mktemp("weights") / FILE
    with h5py.File(path, "w") as file:
        save_weights_to_hdf5_group(file, by_keras(SMALL))
    return path.read_bytes()


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setattr(config, "_KERAS_DIR", str(tmp_path))
    monkeypatch.setattr(download, "WAIT", 0)
    return tmp_path


@pytest.fixture
def server(home, some_weights):
    with HubServer({FILE: some_weights}) as running:
        yield running


@pytest.fixture
def small(server, some_weights, monkeypatch) -> Application:
    """MobileNetV3-Small, whose weights are on the test's server; Keras knows their checksum."""
    md5 = hashlib.md5(some_weights).hexdigest()
    monkeypatch.setitem(mobilenet_v3.WEIGHTS_HASHES, "small_224_1.0_float", (md5, ""))
    url = f"{server.storage}/weights_mobilenet_v3_{{}}_224_1.0_float.h5"
    return replace(SMALL, group=replace(SMALL.group, url=url), md5=md5)


@pytest.mark.parametrize("name", BY_NAME)
def test_the_table_says_what_keras_builds(name):
    if name not in QUICK and not ALL:
        pytest.skip("SE_VIZ_ALL is not set")
    application = BY_NAME[name]
    options = {"input_shape": (224, 224, 3)} if name.startswith("mobilenet") else {}
    model = by_keras(application, **options)
    pools = [layer for layer in model.layers if "GlobalAveragePooling" in type(layer).__name__]
    assert model.input_shape == (None, application.size, application.size, 3)
    assert model.output_shape == (None, applications.CLASSES)
    assert sum(int(np.prod(w.shape)) for w in model.trainable_weights) == application.parameters
    assert model.count_params() == application.numbers
    assert len(pools) - 1 == application.se_blocks  # one pool is the head's


@pytest.mark.parametrize("application", APPLICATIONS, ids=lambda a: a.name)
def test_weights_are_those_that_keras_would_fetch(application):
    kind = application.kind.lower()
    folder, hashes, key = {
        applications.B: (efficientnet.BASE_WEIGHTS_PATH, efficientnet.WEIGHTS_HASHES, kind),
        applications.V2: (
            efficientnet_v2.BASE_WEIGHTS_PATH,
            efficientnet_v2.WEIGHTS_HASHES,
            f"-{kind}" if len(kind) == 1 else kind,
        ),
        applications.V3: (
            mobilenet_v3.BASE_WEIGHT_PATH,
            mobilenet_v3.WEIGHTS_HASHES,
            f"{kind}_224_1.0_float",
        ),
    }[application.group]
    assert application.md5 == hashes[key][0]
    assert application.url.rsplit("/", 1)[0] + "/" == folder


def test_names_and_titles():
    assert len(BY_NAME) == len(APPLICATIONS) == 17
    assert BY_NAME["efficientnet_v2_s"].title == "EfficientNetV2-S, ImageNet"
    assert BY_NAME["efficientnet_b7"].builder == "EfficientNetB7"
    assert set(BY_NAME) < set(zoo.entries())


@pytest.mark.parametrize(
    ("name", "short_side", "interpolation"),
    [
        ("efficientnet_b0", 256, "bicubic"),
        ("efficientnet_b7", 632, "bicubic"),
        ("efficientnet_v2_b3", 332, "bicubic"),
        ("efficientnet_v2_s", 384, "bilinear"),
        ("mobilenet_v3_large", 256, "bilinear"),
    ],
)
def test_the_model_input_is_the_authors(name, short_side, interpolation):
    preprocessing = BY_NAME[name].preprocessing
    assert preprocessing.short_side == short_side
    assert preprocessing.interpolation == interpolation


def test_pixels_go_in_as_they_are():
    greys = np.repeat(np.arange(256, dtype=np.uint8), 3).reshape(-1, 3)
    np.testing.assert_array_equal(normalise(greys, SMALL.preprocessing), greys)


def test_facts_are_plain_values():
    facts = zoo.entries()["efficientnet_v2_l"].as_dict()
    assert (
        json.loads(json.dumps(facts))["accuracy_source"] == "keras.io, table of Keras Applications"
    )


def test_weights_are_fetched_checked_and_loaded(small, server, home, some_weights, capfd):
    told: list[tuple[int, int]] = []
    network = load(small, lambda *numbers: told.append(numbers))
    assert capfd.readouterr().out == ""
    assert small.path == home / "models" / FILE
    assert small.path.read_bytes() == some_weights
    assert told[-1] == (len(some_weights), len(some_weights))
    assert len(told) > 2
    assert network.fingerprint == weights.fingerprint(small.path)
    assert network.model.dtype == "float32"
    assert network.model.input_shape == (None, 224, 224, 3)
    assert [request.start for request in server.fetched] == [0]
    picture = np.random.default_rng(0).integers(0, 256, (1, 224, 224, 3)).astype(np.float32)
    logits = network.model(picture, training=False).numpy()
    assert logits.shape == (1, 1000)
    assert (logits < 0).any()
    server.stop()
    again = load(small)
    np.testing.assert_array_equal(again.model(picture, training=False).numpy(), logits)


def test_a_home_that_keras_has_yet_to_make_is_its_home(tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "yet" / "to come"))
    assert SMALL.path == tmp_path / "yet" / "to come" / "models" / FILE


def test_only_a_whole_file_counts_as_here(small, some_weights):
    assert not applications._is_here(small)
    small.path.parent.mkdir(parents=True)
    small.path.write_bytes(some_weights[: len(some_weights) // 2])
    assert not applications._is_here(small)
    small.path.write_bytes(some_weights)
    assert applications._is_here(small)


def test_half_a_file_that_keras_left_is_fetched_anew(small, some_weights):
    small.path.parent.mkdir(parents=True)
    small.path.write_bytes(some_weights[: len(some_weights) // 2])
    assert applications._fetch(small, None).read_bytes() == some_weights


def test_after_a_cut_only_the_rest_is_fetched(small, server, some_weights):
    server.cuts = [1_000_000]
    assert applications._fetch(small, None).read_bytes() == some_weights
    assert [request.start for request in server.fetched] == [0, 1_000_000]


def test_a_wrong_checksum_is_refused_and_nothing_is_kept(small):
    other = replace(small, md5="0" * 32)
    with pytest.raises(DownloadError, match=r"mobilenet_v3_small is not on .* its MD5 is not 000"):
        load(other)
    assert [path.suffix for path in other.path.parent.iterdir()] == [".lock"]


def test_a_refusal_is_told(small, server):
    server.statuses[FILE] = 403
    with pytest.raises(DownloadError, match=rf"{server.storage} .* \(status 403\)\.$"):
        load(small)


def test_no_network_is_told(small, server):
    server.stop()
    with pytest.raises(DownloadError, match=f"and {server.storage} cannot be reached"):
        load(small)


def test_listing_loads_no_keras():
    script = "import sys; from se_viz.nets import zoo; zoo.entries(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"tensorflow", "keras", "httpx2", "huggingface_hub"} & set(done.stdout.split())
