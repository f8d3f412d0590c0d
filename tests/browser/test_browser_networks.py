"""Networks beside the built-in one: fetched from a hub, held against one another, one's own."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from huggingface_hub import hf_hub_download
from playwright.sync_api import Page, expect
from safetensors.numpy import save

from tests.browser.conftest import Server, serve
from tests.browser.steps import (
    FIRST_PAGE,
    button,
    counted,
    figure,
    legend,
    nothing_failed,
    panels,
    payload,
    settle,
    turn_to,
    upload,
)
from tests.hub_server import HubServer
from tests.nets.timm import rule
from tests.nets.timm.test_parity import GOLDENS
from tests.pictures.picture_files import picture, zip_of

IMAGENET, OTHER = "SE-ResNet-18, ImageNet", "SE-ResNet-50, ImageNet"
NAME = "legacy_seresnet18"
REPOSITORY = f"timm/{NAME}.in1k"
FOLDERS = {
    "cat/1.png": picture(1),
    "cat/2.png": picture(2),
    "dogs/3.png": picture(3),
    "dogs/4.png": picture(4),
}


@pytest.fixture(scope="module")
def hub() -> Iterator[HubServer]:
    """A hub that has one network, with weights made by rule."""
    with np.load(GOLDENS / f"{NAME}.npz") as golden:
        shapes = json.loads(str(golden["shapes"]))
    data = save(rule.tensors(shapes))
    with HubServer({f"{REPOSITORY}/model.safetensors": data}) as running:
        yield running


@pytest.fixture(scope="module")
def settings(hub, tmp_path_factory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("home")
    return {
        "HF_ENDPOINT": hub.url,
        "HF_HOME": str(home / "hub"),
        "KERAS_HOME": str(home / "keras"),
        "SE_VIZ_OWN_MODELS": "1",
    }


@pytest.fixture(scope="module")
def server(settings, tmp_path_factory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("server") / "log.txt", **settings) as running:
        yield running


def pick(page: Page, name: str) -> None:
    """Choose a network on the page of the network."""
    box = page.get_by_role("combobox", name="Network", exact=True)
    box.click()
    box.fill(name)
    page.get_by_role("option", name=f"{name} (").first.click()
    settle(page)


def network_shown(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=2, name=f"The network: {title}")).to_be_visible()
    settle(page)


@pytest.mark.long
def test_imagenet_goes_from_click_to_curves(visit):
    page = visit("gates")
    settle(page)
    upload(page, [payload("mine.zip", zip_of(FOLDERS))])
    counted(page, "4 pictures in 2 classes.")
    turn_to(page, "The network")
    pick(page, IMAGENET)
    button(page, "Fetch 47 MB and use it").click()
    expect(page.get_by_text("Fetching SE-ResNet-18").first).to_be_visible()
    network_shown(page, IMAGENET)
    turn_to(page, FIRST_PAGE)
    expect(panels(page)).to_have_count(6)
    expect(legend(page)).to_contain_text(["cat", "dogs"])
    expect(page.get_by_text("This network has no class profile yet")).to_be_visible()
    turn_to(page, "The network")
    button(page, "Make 4 pictures the profile").click()
    expect(page.get_by_text("In use: your profile, 4 pictures")).to_be_visible()
    turn_to(page, FIRST_PAGE)
    expect(page.get_by_text("This network has no class profile yet")).to_have_count(0)
    expect(legend(page)).to_have_text(["cat", "dogs", "all"])
    turn_to(page, "Two networks")
    expect(figure(page, "side by side")).to_be_visible()
    nothing_failed(page)


@pytest.mark.long
def test_what_was_fetched_works_when_the_hub_is_gone(visit, hub, settings, tmp_path):
    cache = Path(settings["HF_HOME"]) / "hub"
    hf_hub_download(REPOSITORY, "model.safetensors", cache_dir=cache, endpoint=hub.url)
    hub.stop()
    with serve(tmp_path / "log.txt", **settings) as again:
        page = visit(f"{again.url}/?model={NAME}")
        expect(panels(page)).to_have_count(6)
        turn_to(page, "The network")
        network_shown(page, IMAGENET)
        pick(page, OTHER)
        button(page, "Fetch 112 MB and use it").click()
        expect(page.get_by_text("cannot be reached")).to_be_visible()
        network_shown(page, IMAGENET)
        nothing_failed(page)
        page.close()


@pytest.mark.long
def test_a_file_of_another_library_shows_its_gates_and_a_bad_one_is_refused(visit, tmp_path):
    page = visit("network")
    settle(page)
    page.get_by_text("Open a network of your own").click()
    whole = good(tmp_path)
    bad = malicious(whole)
    open_file(page, bad)
    expect(page.get_by_role("alert").filter(has_text=bad.name)).to_have_count(1)
    open_file(page, whole)
    network_shown(page, "good.keras")
    turn_to(page, FIRST_PAGE)
    expect(panels(page).first).to_contain_text("SE_2_1")
    nothing_failed(page)
    assert not (tmp_path / "harmed").exists()


def open_file(page: Page, path: Path) -> None:
    region = page.get_by_role("region", name="Network file")
    region.locator("input[type=file]").set_input_files(path)
    button(page, f"Open {path.name}").click()
    settle(page)


def good(folder: Path) -> Path:
    """A small network of the library zeromodels, as Keras itself saves it; skips without it."""
    senet = pytest.importorskip("zeromodels.models.senet")
    import keras

    sizes = {"depths": (1, 1, 2, 1), "filters": (16, 32, 64, 128), "image_size": 64}
    theirs = senet.SENetImageClassify(num_classes=4, **sizes)
    keras.Model(theirs.inputs, theirs.outputs).save(folder / "good.keras")
    return folder / "good.keras"


def malicious(whole: Path) -> Path:
    """A network whose first layer is code that writes a file."""
    path = whole.with_name("malicious.keras")
    code = f"__import__('pathlib').Path({str(whole.with_name('harmed'))!r}).touch()"
    layer = {
        "class_name": "Lambda",
        "module": "keras.layers",
        "registered_name": None,
        "config": {"name": "lambda", "function": {"class_name": "__lambda__", "config": code}},
    }
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "config.json":
                config = json.loads(data)
                config["config"]["layers"].insert(1, layer)
                data = json.dumps(config).encode()
            target.writestr(entry, data)
    return path
