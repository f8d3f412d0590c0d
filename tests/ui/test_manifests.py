"""Manifests of figures: what they say, and that they are enough to make a figure again."""

from __future__ import annotations

import io
import json
from hashlib import sha256

import numpy as np
import pytest

from se_viz.manifest import of_npz
from se_viz.nets import builtin
from se_viz.profiles.reference import reference_of
from se_viz.ui.state import resources
from se_viz.view import MARK, WEIGHTS
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import choose, go, mine, open_app, pick, upload
from tests.ui.networks import SIZE, model_of, open_through, tiny
from tests.ui.saving import manifest, query_of, saving

PILE = {sha256(data).hexdigest(): data for data in map(picture, range(30, 36))}
FILES = {f"p{number}.png": data for number, data in enumerate(list(PILE.values())[:5])}


def handed_in_again(made: dict) -> dict[str, bytes]:
    """The pictures of a manifest, found by their SHA-256, in folders of their classes; guesses are
    guessed again."""
    folders = {"prediction": ""}
    return {
        folders.get(row["class_from"], f"{row['class']}/") + row["name"]: PILE[row["sha256"]]
        for row in made["pictures"]["listed"]
    }


@pytest.fixture(scope="module")
def network():
    return model_of("again", lambda: tiny((64, 96)))


def test_the_manifest_of_a_figure_is_enough_to_make_it_again(network):
    with saving() as first:
        app = upload(open_through(network, order="by mean gate", look="Heatmap"), FILES)
        mine(app).rename({0: "mine", 1: "mine", 2: "others"})
        choose(app, "channels", "50 most class-specific")
        app.query_params["channels"] = "50 most class-specific"  # as a browser does
        own = list(dict.fromkeys(mine(app).labels))[:2]
        pick(app, "classes", *own)
        app.query_params["classes"] = own
        pick(app, "own", "p3.png")
        made = manifest(first, "gates-by-class")
        table = first["gates-by-class.csv"]()
    assert made["settings"]["channels"] == "50 most class-specific"
    path, query = query_of(made["link"])
    assert (path, query["classes"]) == ("gates", own)
    with saving() as second:
        other = open_through(network, **query)
        upload(other, {"again.zip": zip_of(handed_in_again(made))})
        again = manifest(second, "gates-by-class")
    assert second["gates-by-class.csv"]() == table
    assert other.multiselect(key="own").value == ["p3.png"]
    assert guessed(again) == guessed(made)
    assert without_ways(again) == without_ways(made)


def guessed(made: dict) -> set[str]:
    listed = made["pictures"]["listed"]
    return {row["name"] for row in listed if row["class_from"] == "prediction"}


def without_ways(made: dict) -> dict:
    """The same without how the files came in, as folders name them the second time."""
    rows = [row | {"class_from": ""} for row in made["pictures"]["listed"]]
    return made | {"read": [], "pictures": made["pictures"] | {"listed": rows}}


def test_it_says_which_network_and_reference():
    with saving() as files:
        open_app()
    made = manifest(files, "gates-by-class")
    whole = resources.builtin_profile()
    assert made["network"]["fingerprint"] == whole.origin.fingerprint
    assert made["preprocessing"] == builtin.PREPROCESSING.as_dict()
    assert made["preprocessing_because"]["kind"] == "published"
    assert made["reference"] == json.loads(json.dumps(reference_of(whole)))
    assert made["source"].startswith("measured on: built-in validation set")
    assert {"keras", "numpy", "plotly", "python"} <= set(made["versions"])


def test_it_names_pictures_and_settings_and_nothing_else(network):
    with saving() as files:
        app = upload(open_through(network), FILES)
        made = manifest(files, "gates-by-class")
        go(app, "network")
        assert set(manifest(files, "blocks")["settings"]) <= {"report", "model", WEIGHTS}
        go(app, "pictures")
    listed = [(row["name"], row["sha256"], row["class"]) for row in made["pictures"]["listed"]]
    digests = [sha256(data).hexdigest() for data in FILES.values()]
    assert listed == list(zip(FILES, digests, mine(app).labels, strict=True))
    said = set(made["settings"])
    assert said >= {"classes", "blocks", "channels", "order", "columns", "band", "show"}
    assert not {"collection", "way", "forget", "notes", "opened with"} & said
    check_the_file_of_gates(files)


def check_the_file_of_gates(files) -> None:
    data = files["gates.npz"]()
    assert data == files["gates.npz"]()
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        assert of_npz(file) == manifest(files, "gates")
        assert file["names"].tolist() == list(FILES)


def test_a_network_without_a_profile_says_that_stimuli_stood_in():
    model = model_of("plain", tiny)
    with saving() as files:
        open_through(model)
    made = manifest(files, "gates-by-class")
    assert made["network"] == {
        "name": "plain",
        "title": "plain",
        "fingerprint": sha256(b"plain").hexdigest(),
        "runtime": "OpenVINO",
        "precision": "float32",
    }
    assert made["preprocessing"]["size"] == SIZE
    assert made["reference"]["title"] == resources.STIMULI
    weights = made["network"]["fingerprint"][:MARK]
    assert made["link"] == f"/gates?model=plain&weights={weights}"
