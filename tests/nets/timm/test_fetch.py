"""From the hub to a network: a server that speaks its protocol, and then none."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors.numpy import save

from se_viz.nets import zoo
from se_viz.nets.fetch import download
from se_viz.nets.timm import PUBLISHED
from se_viz.nets.timm.load import FILE, weights_file
from tests.hub_server import HubServer
from tests.nets.timm import rule
from tests.nets.timm.test_load import NAME, SHAPES

SE_RESNET_50 = PUBLISHED["legacy_seresnet50"]
OWN, MIRROR = (f"{repository}/{FILE}" for repository in SE_RESNET_50.repositories)


@pytest.fixture
def hub(tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(download, "WAIT", 0)
    with HubServer({}) as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running


def test_click_to_network_and_again_with_the_hub_gone(hub):
    tensors = rule.tensors(SHAPES)
    hub.files[f"timm/{NAME}.in1k/{FILE}"] = save(tensors)
    entry, told = zoo.entries()[NAME], []
    assert not entry.local()
    first = zoo.load(NAME, lambda *progress: told.append(progress))
    assert told[-1][0] == told[-1][1] == len(hub.files[f"timm/{NAME}.in1k/{FILE}"])
    assert entry.size == pytest.approx(told[-1][1], rel=0.01)
    hub.stop()
    assert entry.local()
    again = zoo.load(NAME)
    assert again.fingerprint == first.fingerprint
    logits = again.model.get_layer("logits").bias
    np.testing.assert_array_equal(logits, tensors["last_linear.bias"])


def test_timms_own_repository_serves_where_it_has_the_file(hub):
    hub.files.update({MIRROR: b"mirror", OWN: b"own"})
    assert weights_file(SE_RESNET_50).read_bytes() == b"own"
    assert {request.name for request in hub.asked} == {OWN}


@pytest.mark.parametrize("status", [401, 404])
def test_the_mirror_serves_where_timm_has_nothing(hub, status):
    hub.files[MIRROR] = b"mirror"
    hub.statuses[OWN] = status
    assert weights_file(SE_RESNET_50).read_bytes() == b"mirror"
    hub.stop()
    assert weights_file(SE_RESNET_50).read_bytes() == b"mirror"


def test_a_hub_in_trouble_is_not_taken_for_one_without_the_file(hub):
    hub.files.update({MIRROR: b"mirror", OWN: b"own"})
    hub.statuses[OWN] = 503
    with pytest.raises(ValueError, match=f"{SE_RESNET_50.repositories[0]} .*503"):
        weights_file(SE_RESNET_50)
    assert MIRROR not in {request.name for request in hub.asked}


def test_where_nobody_has_it_a_sentence_says_so(hub):
    with pytest.raises(ValueError, match=r"se_resnet50\.imagenet is not on this machine.*404"):
        zoo.load("legacy_seresnet50")
