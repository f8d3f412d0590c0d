"""Manifests of figures: what they say, and that they are enough to make a figure again."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from hashlib import sha256

import numpy as np
import pytest

from se_viz.manifest import of_npz, reference_of
from se_viz.nets import builtin
from se_viz.ui import resources
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import PAGES, ROOT, choose, figures, go, mine, open_app, pick, upload
from tests.ui.networks import SIZE, model_of, open_through, tiny
from tests.ui.saving import manifest, query_of, saving

PILE = {sha256(data).hexdigest(): data for data in map(picture, range(30, 36))}
FILES = {f"p{number}.png": data for number, data in enumerate(list(PILE.values())[:5])}


def handed_in_again(made: dict) -> dict[str, bytes]:
    """The pictures of a manifest, found by their SHA-256, in folders of their classes."""
    return {
        f"{row['class']}/{row['name']}": PILE[row["sha256"]] for row in made["pictures"]["listed"]
    }


def test_the_manifest_of_a_figure_is_enough_to_make_it_again():
    with saving() as first:
        app = upload(open_app(order="by mean gate", look="Heatmap"), FILES)
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
    assert (path, query["classes"]) == ("", own)
    with saving() as second:
        other = open_app(**query)
        upload(other, {"again.zip": zip_of(handed_in_again(made))})
        again = manifest(second, "gates-by-class")
    assert second["gates-by-class.csv"]() == table
    assert other.multiselect(key="own").value == ["p3.png"]
    assert again == made


def test_it_says_which_network_pictures_and_reference():
    with saving() as files:
        app = upload(open_app(), FILES)
    made = manifest(files, "gates-by-class")
    whole = resources.builtin_profile()
    assert made["network"]["fingerprint"] == whole.origin.fingerprint
    assert made["preprocessing"] == builtin.PREPROCESSING.as_dict()
    assert made["reference"] == json.loads(json.dumps(reference_of(whole)))
    listed = [(row["name"], row["sha256"], row["class"]) for row in made["pictures"]["listed"]]
    digests = [sha256(data).hexdigest() for data in FILES.values()]
    assert listed == list(zip(FILES, digests, mine(app).labels, strict=True))
    assert made["source"].startswith("measured on: built-in validation set")
    assert {"keras", "numpy", "plotly", "python"} <= set(made["versions"])


def test_it_holds_settings_and_nothing_else():
    with saving() as files:
        app = upload(open_app(), FILES)
        said = manifest(files, "gates-by-class")["settings"]
        assert set(said) >= {"classes", "blocks", "channels", "order", "columns", "band", "show"}
        assert not {"collection", "way", "forget", "notes", "opened with"} & set(said)
        go(app, "network")
        assert set(manifest(files, "blocks")["settings"]) <= {"report"}


def test_a_files_manifest_stands_in_the_file():
    with saving() as files:
        go(upload(open_app(), FILES), "pictures")
    data = files["gates.npz"]()
    assert data == files["gates.npz"]()
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        assert of_npz(file) == manifest(files, "gates")
        assert file["names"].tolist() == list(FILES)


def test_a_network_without_a_profile_says_that_drawn_pictures_stood_in():
    model = model_of("plain", tiny)
    with saving() as files:
        open_through(model)
    made = manifest(files, "gates-by-class")
    assert made["network"] == {
        "name": "plain",
        "title": "plain",
        "fingerprint": sha256(b"plain").hexdigest(),
    }
    assert made["preprocessing"]["size"] == SIZE
    assert made["reference"]["title"] == resources.DRAWN
    assert made["link"] == "/?model=plain"


def test_of_two_networks_both_are_named():
    with saving() as files:
        go(open_app(), "two")
    made = manifest(files, "side-by-side")
    assert [other["name"] for other in made["beside"]] == [builtin.UNTRAINED]
    assert made["network"]["name"] == builtin.NAME


@pytest.fixture(scope="module")
def app():
    return open_app()


@pytest.mark.parametrize("path", PAGES)
def test_every_figure_of_every_page_has_one(app, path):
    with saving() as files:
        go(app, path)
    for name in figures(app):
        made = manifest(files, name)
        assert made["what"] == name
        assert query_of(made["link"])[0] == path
        assert f"{name}.csv" in files


def test_it_is_made_without_tensorflow():
    script = (
        "import sys\n"
        "from tests.ui.driver import open_app\n"
        "from tests.ui.saving import manifest, saving\n"
        "with saving() as files:\n"
        "    open_app()\n"
        "manifest(files, 'gates-by-class')\n"
        "assert files['se-viz-report.html']()\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"tensorflow", "keras"} & set(done.stdout.split())
