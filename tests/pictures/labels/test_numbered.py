"""Classes in the names of files: proposed where they fit, used where they were chosen."""

from __future__ import annotations

import pytest

from se_viz.pictures import PictureOptions, Remark, Source, gather_uploads
from se_viz.pictures.labels.numbered import NUMBER, class_in, pattern_of
from se_viz.pictures.records import BY_NAME
from se_viz.pictures.ways import said
from tests.pictures import picture_files as make

JPEG = make.picture(kind="JPEG")


def read(names, pattern: str = "") -> tuple[dict[str, str | None], list[str]]:
    files = dict.fromkeys(names, JPEG).items()
    items = list(gather_uploads(files, options=PictureOptions(label_pattern=pattern)))
    labels = {item.path: item.label for item in items if isinstance(item, Source)}
    return labels, [item.text for item in items if isinstance(item, Remark)]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("cat.0.jpg", "cat"),
        ("dog_12.png", "dog"),
        ("great_pyrenees_173.jpg", "great_pyrenees"),
        ("n02085620_10026.JPEG", "n02085620"),
        ("cat (3).jpg", "cat"),
        ("cat-07.jpg", "cat"),
        ("고양이7.jpg", "고양이"),
        ("cat.jpg", None),
        ("12.jpg", None),
        ("_12.jpg", None),
        ("cat_3b.jpg", None),
    ],
)
def test_a_word_and_a_number(name, label):
    assert class_in((name,), pattern_of(NUMBER)) == label


PETS = ["cat.0.jpg", "cat.1.jpg", "dog.0.jpg", "dog.1.jpg", "other.jpg"]


def test_it_is_proposed_where_nothing_else_tells_classes_apart():
    labels, (text,) = read(PETS)
    assert set(labels.values()) == {None}
    assert text.startswith("Most names are a word and a number (cat, dog); ")
    assert said(text).endswith("; --label-pattern number takes these words as classes.")


@pytest.mark.parametrize(
    "names",
    [
        [f"IMG_{number}.jpg" for number in range(9)],
        [f"{word}.{number}.jpg" for word in ("IMG", "DSC") for number in range(5)],
        [f"cat{number}.jpg" for number in range(9)],
        ["cat1.jpg", "dog1.jpg"],
        [f"{word}{number}.jpg" for number, word in enumerate("abcdefgh")],
        [f"set/{word}/{word}.{number}.jpg" for word in ("cat", "dog") for number in range(3)],
    ],
    ids=["a camera", "two cameras", "one word", "too few", "all different", "folders"],
)
def test_and_not_where_it_is_chance(names):
    assert not any("number" in text for text in read(names)[1])


def test_it_is_used_where_it_was_chosen_and_holds_against_folders():
    labels, texts = read([f"x/{name}" for name in PETS], NUMBER)
    assert list(labels.values()) == ["cat", "cat", "dog", "dog", None]
    assert texts == ["Classes were taken from names of files: 4; names that do not fit: 1."]
    items = gather_uploads([("cat.0.jpg", JPEG)], options=PictureOptions(label_pattern=NUMBER))
    assert next(iter(items)).by == BY_NAME


def test_a_person_may_give_a_regular_expression():
    labels, _ = read(["a-cat-1.jpg", "b-dog-2.jpg"], r"-(\w+)-")
    assert list(labels.values()) == ["cat", "dog"]
    labels, _ = read(["a-cat-1.jpg"], r"(\w)-(?P<class>\w+)-")
    assert list(labels.values()) == ["cat"]


@pytest.mark.parametrize(
    ("text", "why"), [("(", "is no regular expression"), ("cat", "has no group")]
)
def test_other_patterns_are_refused(text, why):
    with pytest.raises(ValueError, match=why):
        pattern_of(text)
