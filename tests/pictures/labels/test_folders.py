"""Which folder names the class, from a ZIP, an upload and a disk alike; and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.pictures import PictureOptions, Remark, Source, gather_paths, gather_uploads
from se_viz.pictures.labels.folders import rule_of
from se_viz.pictures.ways import way
from tests.pictures import picture_files as make

JPEG = make.picture(kind="JPEG")
Labels = dict[str, str | None]


def read(items) -> tuple[Labels, list[str]]:
    items = list(items)
    labels = {item.path: item.label for item in items if isinstance(item, Source)}
    return labels, [item.text for item in items if isinstance(item, Remark)]


def ways(root: Path, paths: Sequence[str], level: int | None = None) -> list[tuple[Labels, list]]:
    """The same from an upload, a ZIP and a disk, where the folder `set` is handed in."""
    options = PictureOptions(class_level=level)
    files = {path: make.picture(number) for number, path in enumerate(paths)}
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    packed = make.zip_of(files)
    return [
        read(gather_uploads(files.items(), options=options)),
        read(gather_uploads([("s.zip", packed)], options=options)),
        read(gather_paths([root / "set"], options=options)),
    ]


DAYS = [f"set/{kind}/{day}/1.jpg" for kind in ("benign", "malignant") for day in ("day1", "day2")]
TINY = [
    *(f"set/train/{wnid}/images/{n}.JPEG" for wnid in ("n01", "n02") for n in "12"),
    "set/val/images/1.JPEG",
    "set/test/images/1.JPEG",
]  # fmt: skip
SPLIT = [f"set/{part}/{kind}/1.jpg" for part in ("train", "val") for kind in ("cat", "dog")]
CASES = {
    "days": (DAYS, ["benign", "benign", "malignant", "malignant"]),
    "Tiny-ImageNet": (TINY, ["n01", "n01", "n02", "n02", None, None]),
    "split": (SPLIT, ["cat", "dog", "cat", "dog"]),
    "images within": (["set/cat/images/1.jpg", "set/dog/IMAGES/1.jpg"], ["cat", "dog"]),
    "one class of images": (["set/cat/images/1.jpg"], ["cat"]),
    "some within": (["set/cat/1.jpg", "set/cat/data/2.jpg"], ["cat", "cat"]),
    "a class named test": (["set/test/1.jpg", "set/control/1.jpg"], ["test", "control"]),
    "Kaggle": (["set/train/cat/1.jpg", "set/train/dog/1.jpg", "set/test/1.jpg"],
               ["cat", "dog", None]),
    "parts alone": (["set/train/1.jpg", "set/val/1.jpg"], ["set", "set"]),
    "wrapped": (["set/a/b/cat/1.jpg", "set/a/b/dog/1.jpg"], ["cat", "dog"]),
    "uneven": (["set/cat/old/1.jpg", "set/dog/1.jpg"], ["cat", "dog"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_first_folder_with_a_meaning_names_the_class(case, tmp_path):
    paths, wanted = CASES[case]
    for labels, _ in ways(tmp_path, paths):
        assert labels == dict(zip(paths, wanted, strict=True))


def test_a_folder_without_a_meaning_is_a_class_where_there_is_no_other():
    assert read(gather_uploads([("train/1.jpg", JPEG), ("test/1.jpg", JPEG)]))[0] == {
        "train/1.jpg": "train",
        "test/1.jpg": "test",
    }


LEVELS = {
    0: ["set"] * 4,
    1: ["benign", "benign", "malignant", "malignant"],
    2: ["day1", "day2", "day1", "day2"],
    -1: ["day1", "day2", "day1", "day2"],
    -2: ["benign", "benign", "malignant", "malignant"],
    -3: ["set"] * 4,
    3: [None] * 4,
    -9: [None] * 4,
}


@pytest.mark.parametrize("level", LEVELS)
def test_a_person_says_which_level_names_the_class(level, tmp_path):
    for labels, _ in ways(tmp_path, DAYS, level):
        assert labels == dict(zip(DAYS, LEVELS[level], strict=True))


def test_a_chosen_level_wins_over_names_without_a_meaning(tmp_path):
    for labels, _ in ways(tmp_path, SPLIT, 1):
        assert list(labels.values()) == ["train", "train", "val", "val"]


def test_level_0_of_a_zip_without_one_folder_is_the_zip():
    files = [("cats.zip", make.zip_of({"1.jpg": JPEG, "x/2.jpg": JPEG}))]
    labels, _ = read(gather_uploads(files, options=PictureOptions(class_level=0)))
    assert set(labels.values()) == {"cats"}


def test_deeper_folders_are_said(tmp_path):
    wanted = (
        "Classes are the folders of level 1 (benign, malignant); deeper ones (day1, day2) belong "
        f"to them, unless {way('class_level')} takes others."
    )
    for _, texts in ways(tmp_path, DAYS):
        assert texts == [wanted]


def test_folders_of_one_name_are_never_merged_without_a_word(tmp_path):
    (tmp_path / "set").mkdir()
    for _, texts in ways(tmp_path, SPLIT):
        assert texts == [
            "Folders of this name are one class, wherever they lie (set/train/cat, set/val/cat)."
        ]
    for _, texts in ways(tmp_path / "days", DAYS, -1):
        assert "wherever they lie (set/benign/day1, set/malignant/day1)." in texts[-1]


def test_nor_from_two_zips_or_folders(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name / "cat").mkdir(parents=True)
        (tmp_path / name / "dog").mkdir()
        (tmp_path / name / "cat/1.jpg").write_bytes(JPEG)
        (tmp_path / name / "dog/1.jpg").write_bytes(JPEG)
    _, texts = read(gather_paths([tmp_path / "one", tmp_path / "two"]))
    assert texts == ["Folders of this name are one class, wherever they lie (one/cat, two/cat)."]
    packed = make.zip_of({"cat/1.jpg": JPEG})
    _, texts = read(gather_uploads([("1.zip", packed), ("2.zip", packed)]))
    assert texts == [
        "Folders of this name are one class, wherever they lie (1.zip/cat, 2.zip/cat)."
    ]


def test_folders_and_zips_of_one_name_are_told_apart_in_what_is_said(tmp_path):
    for run in ("run1", "run2"):
        (tmp_path / run / "day1").mkdir(parents=True)
        (tmp_path / run / "day1/1.jpg").write_bytes(JPEG)
        (tmp_path / run / "s.zip").write_bytes(make.zip_of({"cat/1.jpg": JPEG}))
    said, top = "Folders of this name are one class, wherever they lie", tmp_path.name
    _, texts = read(gather_paths([tmp_path / run / "day1" for run in ("run1", "run2")]))
    assert texts == [f"{said} ({top}/run1/day1, {top}/run2/day1)."]
    _, texts = read(gather_paths([tmp_path / run / "s.zip" for run in ("run1", "run2")]))
    assert texts == [f"{said} ({top}/run1/s.zip/cat, {top}/run2/s.zip/cat)."]
    _, texts = read(gather_uploads([("s.zip", make.zip_of({"cat/1.jpg": JPEG}))] * 2))
    assert texts == [f"{said} (s.zip/cat, s.zip (2)/cat)."]


def test_where_nothing_lies_deeper_nothing_is_said(tmp_path):
    for _, texts in ways(tmp_path, ["set/cat/1.jpg", "set/dog/1.jpg"]):
        assert texts == []


def test_pictures_beside_the_class_folders_are_counted():
    paths = ["set/1.jpg", "set/2.jpg", "set/cat/1.jpg", "set/dog/1.jpg"]
    files = {path: make.picture(number) for number, path in enumerate(paths)}
    (remark,) = (item for item in gather_uploads(files.items()) if isinstance(item, Remark))
    assert (remark.name, remark.count) == ("set/1.jpg", 2)
    assert remark.text == "Lies in none of the folders that name the classes of the others."


def test_a_level_that_is_not_there_is_said(tmp_path):
    for _, texts in ways(tmp_path, ["set/cat/1.jpg", "set/dog/new/1.jpg"], 2):
        assert "No folder of level 2 is there to name its class." in texts


def test_files_on_their_own_lie_in_no_folder_of_any_level():
    for level in (0, 1, -1):
        items = gather_uploads([("1.jpg", JPEG)], options=PictureOptions(class_level=level))
        assert read(items) == (
            {"1.jpg": None},
            [f"No folder of level {level} is there to name its class."],
        )


def test_a_text_file_between_folders_changes_nothing():
    files = dict.fromkeys(["set/cat/1.jpg", "set/dog/1.jpg"], JPEG) | {"set/about/a.txt": b"x"}
    labels, texts = read(gather_uploads(files.items()))
    assert (labels["set/cat/1.jpg"], texts) == ("cat", [])


names = st.from_regex("[a-h猫é-]{1,4}( [0-9]{1,2})?", fullmatch=True)
below = st.sampled_from(["", "images/", "new/", "train/x/"])


@given(st.lists(names, min_size=2, max_size=6, unique=True), st.data())
@settings(max_examples=60, deadline=None)
def test_as_many_classes_come_out_as_went_in(classes, data):
    above = data.draw(st.sampled_from(["", "train/", "data/val/"]))
    paths = [f"set/{above}{name}/{data.draw(below)}1.jpg" for name in classes]
    files = dict.fromkeys(paths, JPEG)
    for items in (files.items(), [("s.zip", make.zip_of(files))]):
        labels, _ = read(gather_uploads(items))
        assert sorted(map(str, labels.values())) == sorted(classes)


folders = st.lists(st.sampled_from(["train", "images", "cat", "dog", "x"]), max_size=4).map(tuple)


@given(st.lists(folders, min_size=1, max_size=6), st.sampled_from([None, 0, 1, 2, -1, -2]))
@settings(deadline=None)
def test_a_class_is_always_a_folder_above_its_picture(some, level):
    rule = rule_of(some, 0, level)
    for folder in some:
        place = rule.place(folder)
        assert place is None or place == folder[: len(place)]
