"""Manifests: plain, without a clock, and enough to tell one piece of work from another."""

from __future__ import annotations

import io
import json
import os
import tomllib
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from se_viz.manifest import (
    LISTED,
    VERSION,
    Manifest,
    NetworkIdentity,
    Pictures,
    inside,
    of_npz,
    pictures_of,
    versions,
)
from se_viz.profiles import as_npz, load
from se_viz.profiles.reference import reference_of
from tests.make import CLASSES, ORIGIN, make_profile, make_reading

ROOT = Path(__file__).resolve().parents[1]
ROWS = [("a.png", "f" * 64, "cats", "folder"), ("b.png", f"{1:064x}", "dogs", "prediction")]
HOSTILE = '"quoted" </script>\u2028 é 猫.png'
MADE = Manifest(
    what="gates-by-class",
    source="measured on: something",
    network=NetworkIdentity("tiny", "A tiny network", "0" * 64, "OpenVINO", "bfloat16"),
    preprocessing={"size": 32},
    pictures=pictures_of(ROWS),
    settings={"order": "by number", "classes": ["cats"], "band": False},
    link="/?band=true",
)


def test_it_says_everything_as_plain_json():
    said = json.loads(MADE.json())
    assert said == MADE.as_dict()
    named = {"name": "tiny", "title": "A tiny network", "fingerprint": "0" * 64}
    assert said["network"] == named | {"runtime": "OpenVINO", "precision": "bfloat16"}
    assert said["pictures"]["listed"][1] == {
        "name": "b.png",
        "sha256": f"{1:064x}",
        "class": "dogs",
        "class_from": "prediction",
    }
    assert said["versions"]["openvino"] == metadata.version("openvino")
    assert said["versions"]["numpy"] == np.__version__
    assert list(said["settings"]) == ["band", "classes", "order"]
    assert said["made_by"] == {"name": "SE-Viz", "version": VERSION}


def test_the_same_work_gives_the_same_bytes_and_other_work_others():
    assert MADE.json() == replace(MADE, settings=dict(reversed(MADE.settings.items()))).json()
    assert MADE.json() != replace(MADE, settings={"order": "by mean gate"}).json()


def test_its_version_is_the_projects():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["hatch"]["version"]["path"] == "se_viz/shipped.py"
    assert f"version: {VERSION}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8").split("\n")
    assert MADE.as_dict()["made_by"]["version"] == VERSION


def test_packages_that_are_not_there_have_no_version():
    assert versions(("numpy", "no-such-package")) == {"numpy": np.__version__}


def test_pictures_add_up_to_the_same_in_any_order():
    one, two = pictures_of(ROWS), pictures_of(ROWS[::-1])
    assert one.together == two.together == 0  # the digests of ROWS add up to 2**256
    assert one.as_dict()["listed"] != two.as_dict()["listed"]
    assert pictures_of(ROWS[:1]).as_dict()["sum_of_sha256"] == "f" * 64


def test_pages_of_one_file_go_by_its_digest_and_their_number():
    made = pictures_of([("a.tif, page 2", "1" * 64, "x", "folder", "f" * 64, 2)]).as_dict()
    (listed,) = made["listed"]
    assert (listed["name"], listed["sha256"], listed["page"]) == ("a.tif, page 2", "f" * 64, 2)
    assert made["sum_of_sha256"] == "1" * 64


def test_of_very_many_pictures_the_first_are_listed_and_all_counted():
    made = Pictures()
    for number in range(LISTED + 5):
        made.add(f"{number}.png", f"{number:064x}", "a", "folder")
    said = made.as_dict()
    assert (said["count"], len(said["listed"])) == (LISTED + 5, LISTED)
    assert int(said["sum_of_sha256"], 16) == sum(range(LISTED + 5))


def test_a_reference_is_known_by_its_numbers_also_from_its_file():
    profile = make_profile()
    said = reference_of(profile)
    assert said["title"] == ORIGIN.title
    assert said["classes"] == dict.fromkeys(CLASSES, 6)
    assert reference_of(load(io.BytesIO(as_npz(profile)))) == said
    assert reference_of(make_profile(seed=1))["sha256"] != said["sha256"]
    json.dumps(said)


@pytest.mark.parametrize("name", ["plain", HOSTILE])
def test_a_file_of_arrays_carries_its_manifest(name):
    made = replace(MADE, what=name)
    npz = make_reading().npz()
    packed = inside(npz, made)
    assert packed == inside(npz, made)
    with np.load(io.BytesIO(packed), allow_pickle=False) as file, np.load(io.BytesIO(npz)) as bare:
        assert of_npz(file) == made.as_dict()
        assert [*bare, "manifest"] == list(file)
        assert all((file[key] == bare[key]).all() for key in bare)


def test_a_profile_with_a_manifest_reads_as_before():
    profile = make_profile()
    found = load(io.BytesIO(inside(as_npz(profile), MADE)))
    assert reference_of(found) == reference_of(profile)


def test_names_of_any_bytes_have_a_manifest():
    settings = {"model": os.fsdecode(b"\xff.keras"), "class": "猫"}
    text = replace(MADE, settings=settings).json().decode()
    assert json.loads(text)["settings"] == settings
    assert "猫" in text
