"""Classes from lists: CSV, TSV, text and JSON, as people and competitions write them."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.pictures import PictureOptions, Remark, Skipped, Source, gather_paths, gather_uploads
from se_viz.pictures.labels import listing
from se_viz.pictures.labels.lists import MOST_BYTES, ClassList, ListError
from se_viz.pictures.labels.matching import Index, assign
from se_viz.pictures.labels.names import split, typed_class
from se_viz.pictures.records import BY_FOLDER, BY_LIST
from se_viz.pictures.ways import way
from tests.pictures import picture_files as make

JPEG = make.picture(kind="JPEG")
PETS = {"a.jpg": "cat", "b.jpg": "dog", "c.jpg": "cat"}


def read(items) -> tuple[dict[str, str | None], list[str], list[str]]:
    """Class by path, what is to know, and what was skipped."""
    items = list(items)
    labels = {item.path: item.label for item in items if isinstance(item, Source)}
    texts = [item.text for item in items if isinstance(item, Remark)]
    return labels, texts, [item.reason for item in items if isinstance(item, Skipped)]


def upload(files: dict[str, bytes], **options):
    return read(gather_uploads(files.items(), options=PictureOptions(**options)))


def by_list(name: str, data: bytes, *paths: str) -> dict[str, str]:
    """What a list says of pictures, by their paths."""
    paths = paths or tuple(PETS)
    found = assign(ClassList(name, data).table(), Index(paths, [split(path) for path in paths]))
    return {paths[number]: label for number, label in found.labels.items()}


FORMS = {
    "with a heading": ("l.csv", "filename,class\na.jpg,cat\nb.jpg,dog\nc.jpg,cat\n"),
    "without one": ("l.csv", "a.jpg,cat\nb.jpg,dog\nc.jpg,cat"),
    "Kaggle": ("labels.csv", "id,breed\r\na,cat\r\nb,dog\r\nc,cat\r\n"),
    "image_id and label": ("train.csv", "image_id,label\na,cat\nb,dog\nc,cat\n"),
    "whales": ("train.csv", "Image,Id\na.jpg,cat\nb.jpg,dog\nc.jpg,cat\n"),
    "other way round": ("l.csv", "label,path\ncat,a.jpg\ndog,b.jpg\ncat,c.jpg\n"),
    "more columns": ("l.csv", "w,h,Class_Name,label,file name\n1,2,cat,7,a.jpg\n1,2,dog,8,b.jpg\n"
                              "1,2,cat,7,c.jpg\n"),
    "boxes": ("val_annotations.txt", "a.jpg\tcat\t0\t1\nb.jpg\tdog\t0\t1\nc.jpg\tcat\t3\t4\n"),
    "text": ("val.txt", "a.jpg cat\nb.jpg dog\n\nc.jpg   cat\n"),
    "semicolons": ("l.csv", '"Datei";"Klasse"\n"a.jpg";"cat"\n"b.jpg";"dog"\n"c.jpg";"cat"\n'),
    "paths": ("l.csv", "path,label\n/data/x/a.jpg,cat\nC:\\x\\b.jpg,dog\n./c.jpg,cat\n"),
    "capitals": ("l.csv", "file,label\nA.JPG,cat\nB.JPG,dog\nC.JPG,cat\n"),
    "JSON": ("labels.json", json.dumps(PETS)),
    "broken off": ("l.csv", 'file,class\na.jpg,cat\nb.jpg,dog\nc.jpg,"cat'),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_lists_of_many_forms_say_the_same(form):
    name, text = FORMS[form]
    assert by_list(name, text.encode()) == PETS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949", "cp932", "cp1251"])
def test_in_many_encodings(encoding):
    words = {"cp932": "犬 猫の写真 うさぎ", "cp1251": "собака кошка заяц"}
    names = words.get(encoding, "고양이 강아지 토끼").split()
    text = "file,class\n" + "".join(f"{name}.jpg,{name}\n" for name in names)
    wanted = {f"{name}.jpg": name for name in names}
    assert by_list("l.csv", text.encode(encoding), *wanted) == wanted


MARK = "\ufeff"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("marks", [(MARK, MARK), (MARK * 3, ""), (MARK * 2, MARK * 2)])
def test_marks_of_byte_order_count_for_nothing(encoding, quote, marks):
    outside, inside = marks
    heading = f"{outside}{quote}{inside}picture{quote},class\n"
    text = f"{heading}a.jpg,cat\nb.jpg,dog\n{MARK}c.jpg,cat\n"
    assert by_list("l.csv", text.encode(encoding)) == PETS
    assert by_list("l.json", (outside + json.dumps(PETS)).encode(encoding)) == PETS


def test_zeros_between_letters_count_for_nothing():
    text = "file,class\na.jpg,cat\nb.jpg,dog\nc.jpg,cat\n"
    assert by_list("l.csv", text.encode("utf-16-le")) == PETS


def test_text_may_hold_spaces():
    said = by_list("l.txt", b"my cat.jpg black cat\nb.jpg dog\n", "my cat.jpg", "b.jpg")
    assert said == {"my cat.jpg": "black cat", "b.jpg": "dog"}


def test_as_many_folders_as_can_decide_which_picture_a_row_names():
    rows = b"file,class\ntrain/1.jpg,cat\nval/1.jpg,dog\n"
    paths = ["set/train/1.jpg", "set/val/1.jpg"]
    assert by_list("l.csv", rows, *paths) == dict(zip(paths, ["cat", "dog"], strict=True))
    assert by_list("l.csv", rows, "set/val/1.jpg") == {"set/val/1.jpg": "dog"}


def assigned(text: str, *paths: str):
    table = ClassList("l.csv", text.encode()).table()
    return assign(table, Index(paths, [split(path) for path in paths]))


def test_what_a_list_does_not_settle_is_counted():
    paths = ["x/1.jpg", "y/1.jpg", "2.jpg", "3.jpg"]
    found = assigned("file,class\n1.jpg,a\n2.jpg,b\n2.jpg,c\n2.jpg,b\n9.jpg,d\n3.jpg,\n", *paths)
    assert found.labels == {2: "b"}
    assert (found.unclear, found.strangers, found.torn) == (1, 2, {2})


def test_a_network_s_guess_in_a_file_of_ours_is_no_class():
    rows = "picture,class,class_from\n1.jpg,cat,folder\n2.jpg,dog,prediction\n"
    found = assigned(rows, "1.jpg", "2.jpg")
    assert (found.labels, found.strangers) == ({0: "cat"}, 1)


def test_a_picture_may_be_named_like_a_heading():
    found = assigned("picture,class\na.jpg,cat\n", "picture.jpg", "a.jpg")
    assert found.labels == {1: "cat"}


def test_a_list_without_a_column_of_classes_says_its_columns():
    text = "id,width,height\na,1,2\n"
    with pytest.raises(ListError, match=r"^l.csv has no column .* \(id, width, height\): head one"):
        assigned(text, "a.jpg")


def test_a_list_of_other_pictures():
    for text in ("file,class\nz.jpg,cat\n", "", "\n\n", "\0\0"):
        with pytest.raises(ListError, match=r"^l.csv names none of these pictures\.$"):
            assigned(text, "a.jpg")


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("l.csv", b"a.jpg," + b"x" * 200_000, "is no list that can be read: field larger"),
        ("l.json", b"[" * 100_000, "is no JSON"),
        ("l.json", b"{", "is no JSON"),
        ("l.json", b'{"a.jpg": [1]}', "does not give a class for each"),
        ("l.csv", bytes(MOST_BYTES + 1), "has 32 MB, more than the 32 MB allowed"),
    ],
)
def test_hostile_lists_cost_a_sentence(name, data, why):
    with pytest.raises(ListError, match=f"^{name} {why}"):
        by_list(name, data, "a.jpg")


@given(st.binary(max_size=200), st.sampled_from(["l.csv", "l.txt", "l.json"]))
@settings(max_examples=200, deadline=None)
def test_no_list_breaks_anything(data, name):
    try:
        labels = by_list(name, b"a.jpg,cat\n" + data, "a.jpg")
    except ListError:
        labels = {}
    assert all(label and label == typed_class(label) for label in labels.values())


def test_a_long_list_over_many_files_of_one_name_takes_no_time():
    paths = [f"{number}/1.jpg" for number in range(5_000)]
    text = "file,class\n" + "1.jpg,cat\n" * 50_000 + "7/1.jpg,dog\n"
    start = time.process_time()
    found = assigned(text, *paths)
    assert time.process_time() - start < 5
    assert (found.labels, found.unclear) == ({7: "dog"}, 50_000)


def test_pictures_with_rows_of_different_classes_are_named_once():
    rows = "".join(f"{name}.jpg,{kind}\n" for kind in ("cat", "dog", "cat") for name in "abcde")
    chosen = ClassList("mine.csv", f"file,class\n{rows}f.jpg,cat\nf.jpg,cat\n".encode())
    labels, texts, _ = upload({f"{name}.jpg": JPEG for name in "abcdef"}, labels=chosen)
    assert set(labels.values()) == {"cat"}
    assert texts == [
        "Classes were taken from it (file and class): 6; pictures with rows of different classes "
        "(a.jpg, b.jpg, c.jpg, and 2 more), of which the first holds: 5."
    ]


# Lists among pictures

LIST = b"id,breed\na,cat\nb,dog\nz,fox\n"
FLAT = {"set/a.jpg": JPEG, "set/b.jpg": JPEG, "set/c.jpg": JPEG, "set/labels.csv": LIST}
FLAT_LABELS = {"set/a.jpg": "cat", "set/b.jpg": "dog", "set/c.jpg": None}
FLAT_TEXT = (
    "Classes were taken from it (id and breed): 2; rows of no picture here, or of no class: 1; "
    "pictures without a row: 1."
)


def on_disk(root, files: dict[str, bytes]):
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


def test_a_list_among_pictures_is_used_and_said(tmp_path):
    on_disk(tmp_path, FLAT)
    wanted = FLAT_LABELS, [FLAT_TEXT], []
    assert upload(FLAT) == wanted
    assert upload({"s.zip": make.zip_of(FLAT)}) == wanted
    assert read(gather_paths([tmp_path / "set"])) == wanted


def test_where_a_class_comes_from_is_kept():
    by = {item.path: item.by for item in gather_uploads(FLAT.items()) if isinstance(item, Source)}
    assert by == {"set/a.jpg": BY_LIST, "set/b.jpg": BY_LIST, "set/c.jpg": BY_FOLDER}


def test_tiny_imagenet():
    files = {f"tiny/train/{wnid}/images/{wnid}_0.JPEG": JPEG for wnid in ("n01", "n02")}
    files |= {f"tiny/val/images/val_{number}.JPEG": JPEG for number in range(2)}
    files["tiny/val/val_annotations.txt"] = b"val_0.JPEG\tn02\t0\t0\nval_1.JPEG\tn01\t1\t2\n"
    files["tiny/test/images/test_0.JPEG"] = make.picture(5)
    labels, texts, skipped = upload({"tiny.zip": make.zip_of(files)})
    assert list(labels.values()) == [None, "n01", "n02", "n02", "n01"]
    assert "Classes were taken from it: 2." in texts
    assert not skipped


def test_a_table_dropped_beside_a_zip_is_of_the_pictures_in_it():
    packed = make.zip_of({"a.jpg": JPEG, "b.jpg": JPEG})
    labels, texts, _ = upload({"pets.zip": packed, "my pets.csv": b"file,class\na.jpg,cat\n"})
    assert labels == {"a.jpg": "cat", "b.jpg": None}
    assert texts == ["Classes were taken from it (file and class): 1; pictures without a row: 1."]


def test_folders_that_tell_classes_apart_hold_against_a_list_that_is_there():
    files = {"set/cat/a.jpg": JPEG, "set/dog/b.jpg": JPEG, "set/labels.csv": LIST}
    labels, _, (reason,) = upload(files)
    assert labels == {"set/cat/a.jpg": "cat", "set/dog/b.jpg": "dog"}
    held = "labels.csv lists classes, but folders name them already"
    assert reason == f"{held}; {way('labels')} takes it all the same."


def test_and_not_against_one_that_was_chosen():
    files = {"set/cat/a.jpg": JPEG, "set/dog/b.jpg": JPEG, "set/dog/d.jpg": JPEG}
    chosen = ClassList("mine.csv", b"file,class\na.jpg,lion\nb.jpg,wolf\n")
    labels, texts, skipped = upload(files, labels=chosen)
    assert list(labels.values()) == ["lion", "wolf", "dog"]
    assert texts[0].endswith(": 2; pictures without a row: 1.")
    assert not skipped


def test_a_level_of_folders_that_a_list_or_a_name_holds_against_is_told():
    files = {"set/cat/a.jpg": JPEG, "set/dog/b.jpg": JPEG, "c.jpg": JPEG}
    chosen = ClassList("mine.csv", b"file,class\na.jpg,lion\n")
    labels, texts, _ = upload(files, labels=chosen, class_level=2)
    assert labels["set/cat/a.jpg"] == "lion"
    assert "Its class is not from a folder of level 2: lists and names of files hold." in texts
    assert "No folder of level 2 is there to name its class." in texts
    _, texts, _ = upload({"cat.0.jpg": JPEG}, label_pattern="number", class_level=1)
    assert "Its class is not from a folder of level 1: lists and names of files hold." in texts


def test_a_chosen_list_that_lies_among_the_pictures_is_no_broken_picture():
    labels, texts, skipped = upload(FLAT, labels=ClassList("labels.csv", LIST))
    assert (labels, skipped) == (FLAT_LABELS, [])
    assert texts == ["Is the list of classes that was chosen.", FLAT_TEXT]


def test_a_chosen_list_of_other_pictures_is_named():
    _, _, skipped = upload({"q.jpg": JPEG}, labels=ClassList("mine.csv", LIST))
    assert skipped == ["mine.csv names none of these pictures."]


def test_lists_can_be_left_out():
    labels, texts, skipped = upload(FLAT, find_lists=False)
    assert labels == dict.fromkeys(FLAT, "set")
    assert (texts, skipped) == ([], [])


def test_a_sample_of_a_submission_is_no_list():
    files = {"a.jpg": JPEG, "sample_submission.csv": b"id,label\na,0\n"}
    assert upload(files)[0] == {"a.jpg": None, "sample_submission.csv": None}


def test_a_table_that_may_be_of_something_else_is_not_used_unasked():
    files = {"a.jpg": JPEG, "b.jpg": JPEG, "ages.csv": b"id,age\na,3\nb,4\n"}
    labels, _, (reason,) = upload(files)
    assert set(labels.values()) == {None}
    assert reason.startswith("ages.csv names pictures, but its heading does not say")
    chosen = ClassList("ages.csv", files["ages.csv"])
    assert upload(files, labels=chosen)[0] == {"a.jpg": "3", "b.jpg": "4"}


def test_lists_that_would_take_long_are_not_tried_unasked(monkeypatch):
    monkeypatch.setattr(listing, "MOST_FOUND", 3 * len(LIST) // 2)
    files = {"set/a.jpg": JPEG, "set/labels.csv": LIST, "set/train.csv": LIST}
    labels, _, (reason,) = upload(files)
    assert labels == {"set/a.jpg": "cat"}
    assert reason.startswith("train.csv may be a list of classes, but is too large to be tried")


def test_a_line_of_any_length_takes_no_time():
    start = time.process_time()
    with pytest.raises(ListError):
        by_list("val.txt", b".jpg" * 1_000_000, "a.jpg")
    assert time.process_time() - start < 2


def test_a_list_with_a_broken_row_or_of_no_picture_here_is_named():
    _, _, reasons = upload({"a.jpg": JPEG, "train.csv": b"id,label\nzz,cat\n"})
    assert reasons == ["train.csv names none of these pictures."]


def test_a_list_that_cannot_be_fetched_stays_a_file_that_cannot_be_read(tmp_path):
    on_disk(tmp_path, FLAT)
    (tmp_path / "set/labels.csv").unlink()
    (tmp_path / "set/labels.csv").symlink_to(tmp_path / "nowhere")
    labels, _, reasons = read(gather_paths([tmp_path / "set"]))
    assert len(labels) == 3
    assert reasons == ["set/labels.csv is a link whose target does not exist."]


def test_of_two_lists_that_say_otherwise_the_first_holds_and_it_is_said():
    files = {"a.jpg": JPEG, "b.jpg": JPEG + b"b"}
    rows = {"1.csv": b"file,class\na.jpg,cat\nb.jpg,cat\n", "2.csv": b"file,class\na.jpg,dog\n"}
    labels, texts, _ = upload(files | rows)
    assert set(labels.values()) == {"cat"}
    assert "pictures of which an earlier list says otherwise (a.jpg), and holds: 1" in texts[-1]
