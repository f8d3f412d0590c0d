"""The photographs that ship: each with its class, its author and its licence."""

from __future__ import annotations

import csv

import pytest

from se_viz.nets.classes import imagenet
from se_viz.pictures import load_one
from se_viz.pictures.photographs import FOLDER, SOURCES, photographs
from se_viz.pictures.preprocessing import Preprocessing

FREE = ("CC0-1.0", "public domain")


def test_every_file_is_listed_and_free():
    assert {one.file for one in photographs()} == {path.name for path in FOLDER.glob("*.jpg")}
    assert all(one.licence in FREE and one.author for one in photographs())
    with SOURCES.open(encoding="utf-8", newline="") as file:
        assert all(len(row["original_sha256"]) == 64 for row in csv.DictReader(file))
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(one.file in told and one.author in told for one in photographs())


@pytest.mark.parametrize("one", photographs(), ids=lambda one: one.file)
def test_each_is_a_small_picture_of_a_class_of_imagenet(one):
    picture = load_one(one.source(), Preprocessing(size=32))
    assert max(picture.width, picture.height) == 320
    assert picture.label == one.label
    assert one.label in imagenet.CLASSES
