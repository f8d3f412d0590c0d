"""The table of published weights says what timm says, and what the networks hold."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from se_viz.complexity import cost
from se_viz.nets import zoo
from se_viz.nets.timm import ARCHITECTURES, PUBLISHED, entries

THEIRS = json.loads(
    (Path(__file__).with_name("goldens") / "published.json").read_text(encoding="utf-8")
)


def test_there_are_the_22_of_which_the_authors_own_comes_first():
    assert len(PUBLISHED) == 22
    assert next(iter(PUBLISHED)) == "legacy_seresnet50"
    assert list(PUBLISHED) == list(THEIRS)
    assert {name.partition(".")[0] for name in PUBLISHED} == set(ARCHITECTURES)


@pytest.mark.parametrize("name", PUBLISHED)
def test_settings_are_those_of_timm(name):
    network, theirs = PUBLISHED[name], THEIRS[name]
    how = network.preprocessing.as_dict()
    assert how == {key: theirs[key] for key in how}
    assert (theirs["crop_mode"], theirs["licence"]) == ("center", "apache-2.0")
    assert network.layout.size == how["size"]
    assert theirs["hub"] in (None, network.repositories[-1])
    assert (theirs["hub"] is None) == network.legacy


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_parameters_are_those_of_the_closed_form(architecture):
    known = ARCHITECTURES[architecture]
    found = cost(known.layout)
    assert found.weights + sum(found.added) == known.parameters


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.name)
def test_an_entry_says_what_a_person_wants_to_know(entry):
    network = PUBLISHED[entry.name]
    assert zoo.entries()[entry.name].title == entry.title == network.title
    assert 70 < entry.top1 < entry.top5 < 98
    assert f"{network.preprocessing.size} px" in entry.accuracy_source
    assert entry.size == 4 * entry.parameters
    assert entry.se_blocks == sum(network.layout.counts)
    assert entry.classes == 1000
    assert entry.origin.endswith(".")
    assert entry.url == f"https://huggingface.co/{network.repositories[0]}"


def test_titles_tell_them_apart():
    titles = [entry.title for entry in entries()]
    assert titles[0] == "SE-ResNet-50, ImageNet"
    assert "SE-ResNet-50, ImageNet (a1)" in titles


def test_listing_them_loads_no_keras():
    code = "import sys, se_viz.nets.timm as t; t.entries(); print('keras' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
