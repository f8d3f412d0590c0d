"""The rendered scenes that ship."""

from __future__ import annotations

import csv

import pytest

from se_viz.nets.builtin import CLASSES
from se_viz.pictures import load
from se_viz.pictures.preprocessing import Preprocessing
from se_viz.pictures.rendered import (
    COLUMNS,
    DIGITS,
    FOLDER,
    LIGHTS,
    NOON,
    SAID,
    SCORES,
    default,
    scenes,
    scores,
)

SCENES = scenes()


def test_every_class_has_scenes_and_every_scene_has_four_lights():
    assert {scene.label for scene in SCENES} == set(CLASSES)
    assert len(SCENES) == len(set(SCENES)) == 29
    assert all(scene.path(light).exists() for scene in SCENES for light in LIGHTS)
    assert len(list(FOLDER.glob("*/*"))) == 4 * len(SCENES)


def test_the_default_is_the_first_file_by_name():
    first = min(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob(f"*/*-{NOON}.jpg"))
    assert default().source(NOON).path == first


@pytest.mark.parametrize("scene", SCENES[::9], ids=lambda scene: scene.title)
def test_they_are_pictures_of_their_class(scene):
    pictures = list(load(scene.sources(), Preprocessing(size=32)))
    assert [picture.name for picture in pictures] == [
        f"{scene.view}-{light}.jpg" for light in LIGHTS
    ]
    assert {picture.label for picture in pictures} == {scene.label}
    assert {(picture.width, picture.height) for picture in pictures} == {(320, 320)}
    assert len({picture.digest for picture in pictures}) == 4


def test_every_picture_has_a_score_of_the_weights_that_are_named():
    with SCORES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    (weights,) = {row["weights_sha256"] for row in rows}
    assert len(weights) == DIGITS
    found = scores(weights + "0" * 48)
    assert set(found) == {(scene, light) for scene in SCENES for light in LIGHTS}
    assert all(0 <= score.probability <= 1 for score in found.values())
    assert {score.taken_for for score in found.values()} <= set(CLASSES)
    assert all(
        score.probability >= 0.1 for (s, _), score in found.items() if score.taken_for == s.label
    )


def test_other_weights_have_no_scores():
    assert scores("f" * 64) == {}


def test_it_is_said_that_they_are_no_photographs():
    text = " ".join((FOLDER / "README.md").read_text(encoding="utf-8").split())
    assert SAID in text
    assert "python -m se_viz.training scenes" in text
