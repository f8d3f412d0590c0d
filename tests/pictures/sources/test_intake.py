"""Names and labels from uploads, folders and ZIPs."""

from __future__ import annotations

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_viz.pictures import (
    Limits,
    PictureError,
    PictureOptions,
    Remark,
    Skipped,
    Source,
    gather_paths,
    gather_uploads,
)
from se_viz.pictures.labels.names import (
    LONGEST_LABEL,
    LONGEST_NAME,
    clean,
    natural,
    split,
    unique_names,
)
from se_viz.pictures.sources.found import LEFT_BEHIND
from se_viz.pictures.ways import way
from tests.pictures import picture_files as make

JPEG = make.picture(kind="JPEG")


def uploads(*files: tuple[str, bytes], **limits: int) -> list[Source | Skipped]:
    return list(gather_uploads(files, Limits(**limits)))


def labels(items: list[Source | Skipped]) -> dict[str, str | None]:
    assert not any(isinstance(item, Skipped) for item in items), items
    return {item.path: item.label for item in items if isinstance(item, Source)}


def write(root, *paths: str):
    for number, path in enumerate(paths):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(make.picture(number))
    return root


CASES = [
    (["train/dog/a.jpg", "train/cat/b.jpg"], {"train/dog/a.jpg": "dog", "train/cat/b.jpg": "cat"}),
    (["dog/a.jpg", "dog/b.jpg"], {"dog/a.jpg": "dog", "dog/b.jpg": "dog"}),
    (["a.jpg", "b.jpg"], {"a.jpg": None, "b.jpg": None}),
    (["a.jpg", "dog/b.jpg"], {"a.jpg": None, "dog/b.jpg": "dog"}),
    (["set/a.jpg", "set/dog/b.jpg"], {"set/a.jpg": None, "set/dog/b.jpg": "dog"}),
    (["set/x/dog/b.jpg"], {"set/x/dog/b.jpg": "dog"}),
    (["dog/a.jpg", "dog/young/b.jpg", "cat/c.jpg"],
     {"dog/a.jpg": "dog", "dog/young/b.jpg": "dog", "cat/c.jpg": "cat"}),
    (["dog/a.jpg", "dog/info/about.txt"], {"dog/a.jpg": "dog", "dog/info/about.txt": None}),
]  # fmt: skip


@pytest.mark.parametrize(("paths", "wanted"), CASES[:-1])
def test_labels_are_folders(paths, wanted, tmp_path):
    """The same from a ZIP, a folder upload and a folder on disk."""
    files = {path: make.picture(number) for number, path in enumerate(paths)}
    assert labels(uploads(("set.zip", make.zip_of(files)))) == wanted
    assert labels(uploads(*files.items())) == wanted
    on_disk = labels(list(gather_paths([write(tmp_path / "top", *paths)])))
    below = {path: label for path, label in wanted.items() if "/" in path}
    assert {path: on_disk[f"top/{path}"] for path in below} == below


def test_a_text_file_makes_no_class_folder():
    paths, _ = CASES[-1]
    got = labels(uploads(*((path, JPEG) for path in paths)))
    assert got["dog/a.jpg"] == "dog"


def test_a_folder_on_disk_names_the_pictures_right_in_it(tmp_path):
    dog = write(tmp_path / "dog", "a.jpg", "b.jpg")
    assert set(labels(list(gather_paths([dog]))).values()) == {"dog"}
    loose = labels(list(gather_paths([dog / "a.jpg", str(dog / "b.jpg")])))
    assert loose == {"a.jpg": None, "b.jpg": None}


def test_each_zip_has_its_own_top_folder():
    one, two = make.zip_of({"dog/a.jpg": JPEG}), make.zip_of({"b.jpg": JPEG, "x/c.jpg": JPEG})
    got = labels(uploads(("1.zip", one), ("2.zip", two), ("d.jpg", JPEG)))
    assert got == {"dog/a.jpg": "dog", "b.jpg": None, "x/c.jpg": "x", "d.jpg": None}


def test_order_is_that_of_uploads_and_sorted_within_a_zip_and_a_folder(tmp_path):
    packed = make.zip_of({"b/2.jpg": JPEG, "a/9.jpg": JPEG, "b/1.jpg": JPEG})
    loose = make.picture(7)
    got = uploads(("z.jpg", loose), ("s.zip", packed), ("a.jpg", loose))
    names = [item.name for item in got]
    assert names == ["z.jpg", "9.jpg", "1.jpg", "2.jpg", "a.jpg"]
    write(tmp_path, "b/2.jpg", "a/9.jpg", "b/1.jpg")
    assert [item.name for item in gather_paths([tmp_path])] == ["9.jpg", "1.jpg", "2.jpg"]


def test_paths_are_sorted_as_people_count(tmp_path):
    paths = ["a2/2.jpg", "a2/10.jpg", "a10/01.jpg", "a10/1.jpg", "a10/b.jpg"]
    mixed = paths[::-1]
    assert sorted(mixed, key=lambda path: natural(split(path))) == paths
    write(tmp_path, *reversed(paths))
    packed = make.zip_of(dict.fromkeys(reversed(paths), JPEG))
    for items in (gather_paths([tmp_path]), uploads(("s.zip", packed))):
        assert [item.path.split("/", item.path.count("/") - 1)[-1] for item in items] == paths


@given(st.lists(st.text("a0129²٣/", max_size=6)))
def test_any_paths_can_be_sorted_and_are_the_same_in_any_order(paths):
    paths = [*paths, "9" * 10_000]
    one, other = (sorted(way, key=lambda p: natural((p,))) for way in (paths, paths[::-1]))
    assert one == other


def test_names_that_collide_keep_their_folders():
    got = uploads(("dog/1.jpg", JPEG), ("cat/1.jpg", JPEG), ("cat/2.jpg", JPEG))
    assert [item.name for item in got] == ["dog/1.jpg", "cat/1.jpg", "2.jpg"]
    got = uploads(("1.jpg", JPEG), ("1.jpg", JPEG), ("1.jpg (2)", JPEG), ("1.jpg", JPEG))
    assert [item.name for item in got] == ["1.jpg", "1.jpg (2)", "1.jpg (2) (2)", "1.jpg (3)"]


@given(st.lists(st.text("ab/", min_size=1, max_size=5)))
def test_names_are_always_different(paths):
    names = unique_names([split(path) for path in paths])
    assert len(set(names)) == len(names) == len(paths)


@pytest.mark.parametrize(
    ("path", "name", "label"),
    [
        ("../../x/a.jpg", "a.jpg", "x"),
        ("/etc/secret/a.jpg", "a.jpg", "secret"),
        ("C:\\Users\\dog\\a.jpg", "a.jpg", "dog"),
        ("./dog/./a.jpg", "a.jpg", "dog"),
        ("\\\\server\\dog\\a.jpg", "a.jpg", "dog"),
        ("dog\x00\x1b[31m/a\r\n\u202egpj.jpg", "a gpj.jpg", "dog[31m ~b83e27bf"),
        ("e\u0301le\u0301phant/a.jpg", "a.jpg", "éléphant"),
        ("dog/\udcffa.jpg", "\N{REPLACEMENT CHARACTER}a.jpg", "dog"),
    ],
)
def test_paths_are_names_never_places(path, name, label):
    (source,) = uploads((path, JPEG))
    assert (source.name, source.label) == (name, label)
    assert source.read() == JPEG


@given(st.text())
def test_any_name_is_fit_for_display(text):
    for part in split(text):
        assert 0 < len(part) <= LONGEST_NAME
        assert part.isprintable() or " " in part or "\N{REPLACEMENT CHARACTER}" in part
        assert part not in (".", "..")
        assert not set("/\\\n\r\t\0") & set(part)
        assert clean(part) == part


def test_long_names_keep_both_ends():
    (source,) = uploads(("l" * 300 + "/" + "n" * 300 + ".jpg", JPEG))
    assert len(source.name) == LONGEST_NAME
    assert source.name.endswith("n.jpg")
    assert len(source.label) == LONGEST_LABEL


JUNK = ["__MACOSX/dog/._a.jpg", "dog/.DS_Store", ".git/a.jpg", "dog/Thumbs.db", "Desktop.ini"]


def test_junk_is_left_out_and_counted(tmp_path):
    files = dict.fromkeys(JUNK, b"junk") | {"dog/a.jpg": JPEG}
    for items in (
        uploads(("s.zip", make.zip_of(files))),
        uploads(*files.items()),
        gather_paths([write(tmp_path, *files)]),
    ):
        items = list(items)
        assert [item.name for item in items if isinstance(item, Source)] == ["a.jpg"]
        left = [item for item in items if isinstance(item, Remark)]
        assert {item.text for item in left} == {LEFT_BEHIND}
        assert sum(item.count for item in left) == len(JUNK)


def test_a_hidden_folder_that_is_asked_for_by_name_is_read(tmp_path):
    folder = write(tmp_path / ".hidden", "a.jpg")
    assert [item.name for item in gather_paths([folder, folder / "a.jpg"])]


def test_open_files_are_read_from_their_start_and_only_when_asked():
    class Handle(io.BytesIO):
        reads = 0

        def read(self, *args):
            self.reads += 1
            return super().read(*args)

    handle = Handle(JPEG)
    handle.seek(5)
    (source,) = gather_uploads([("a.jpg", handle)])
    assert handle.reads == 0
    assert source.read() == source.read() == JPEG


def test_too_large_files_are_not_read(tmp_path):
    sentence = "has 2 kB, more than the 1000 bytes allowed for one picture."
    (tmp_path / "big.jpg").write_bytes(bytes(2000))
    limits = Limits(file_bytes=1000)
    for items in (
        gather_uploads([("big.jpg", bytes(2000))], limits),
        gather_uploads([("s.zip", make.zip_of({"big.jpg": bytes(2000)}))], limits),
        gather_paths([tmp_path / "big.jpg"], limits),
    ):
        assert list(items) == [Skipped("big.jpg", f"big.jpg {sentence}")]


def test_files_that_grow_are_cut_off(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"x")
    (source,) = gather_paths([tmp_path / "a.jpg"], Limits(file_bytes=1000))
    (tmp_path / "a.jpg").write_bytes(bytes(5000))
    with pytest.raises(PictureError, match=r"a\.jpg has more than the 1000 bytes"):
        source.read()


def test_files_that_vanish(tmp_path):
    (source,) = gather_paths([write(tmp_path, "a.jpg") / "a.jpg"])
    (tmp_path / "a.jpg").unlink()
    with pytest.raises(PictureError, match=r"^a\.jpg does not exist\.$"):
        source.read()


def test_odd_places(tmp_path):
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dead.jpg").symlink_to(tmp_path / "nowhere.jpg")
    got = list(gather_paths([tmp_path / "no.jpg", tmp_path / "empty", tmp_path, "a\0b.jpg"]))
    assert [item.reason for item in got] == [
        "no.jpg does not exist.",
        "empty is a folder without files that can be read.",
        f"{tmp_path.name}/loop is a link to a folder that holds it, so it is not followed.",
        f"{tmp_path.name}/dead.jpg is a link whose target does not exist.",
        "pipe.jpg is not a file.",
        "ab.jpg cannot be opened: embedded null byte.",
    ]


def test_no_files_at_all():
    assert uploads() == []
    assert list(gather_paths([])) == []


def test_an_upload_holds_so_many_files_and_bytes():
    four = [(f"{number}.jpg", bytes(100)) for number in range(4)]
    *some, last = uploads(*four, upload_files=2)
    assert [item.name for item in some] == ["0.jpg", "1.jpg"]
    assert last.name == "2.jpg"
    assert last.reason.startswith("2.jpg and 1 more were left out, since one upload may hold 2 f")
    *some, last = uploads(*four, upload_bytes=350)
    assert len(some) == 3
    assert last.reason.startswith("3.jpg was left out")
    in_zip = make.zip_of(dict(four))
    assert len(uploads(("s.zip", in_zip), ("x.jpg", bytes(60)), upload_bytes=350)) == 4


def test_a_too_large_file_takes_nothing_from_the_others():
    got = uploads(("a.jpg", bytes(90)), ("b.jpg", bytes(50)), file_bytes=60, upload_bytes=60)
    assert [type(item) for item in got] == [Skipped, Source]


def alone(*paths, **choice) -> tuple[list[str | None], list[str]]:
    """Labels of files given one by one, and what is said."""
    items = list(gather_paths(paths, options=PictureOptions(**choice)))
    said = [item.text for item in items if isinstance(item, Remark)]
    return [item.label for item in items if isinstance(item, Source)], said


def test_files_given_one_by_one_have_their_folders_names_where_those_differ(tmp_path, monkeypatch):
    write(tmp_path, "set/cat/1.jpg", "set/cat/2.jpg", "set/dog/3.jpg", "set/4.jpg", "x.zip")
    monkeypatch.chdir(tmp_path)
    cat, other, dog = "set/cat/1.jpg", "set/cat/2.jpg", "set/dog/3.jpg"
    found, said = alone(cat, other, dog)
    assert found == ["cat", "cat", "dog"]
    assert said == [
        "Files given one by one have their folder's name as class (cat, dog); "
        f"{way('class_level')} takes others."
    ]
    assert alone(cat, other) == ([None, None], [])
    assert alone(cat, other, class_level=-1)[0] == ["cat", "cat"]
    assert alone(cat, tmp_path / "x.zip", "none/9.jpg")[0] == [None]
    found, said = alone("set/4.jpg", cat, dog)
    assert found == [None, "cat", "dog"]
    assert "Lies in none of the folders that name the classes of the others." in said


def test_files_from_far_apart_have_their_own_folders_names(tmp_path):
    write(tmp_path, "a/b/cat/images/1.jpg", "c/dog/2.jpg", "c/cat/3.jpg")
    paths = [tmp_path / "a/b/cat/images/1.jpg", tmp_path / "c/dog/2.jpg", tmp_path / "c/cat/3.jpg"]
    found, said = alone(*paths)
    assert found == ["cat", "dog", "cat"]
    assert any("Folders of this name are one class" in text for text in said)


def reasons(items) -> list[str]:
    return [item.reason for item in items if isinstance(item, Skipped)]


def test_skipped_files_of_one_name_are_told_apart(tmp_path):
    a, b = write(tmp_path / "a", "broken.jpg"), write(tmp_path / "b", "broken.jpg")
    one, other = (str(tmp_path / folder / "gone.jpg") for folder in ("a", "b"))
    here = tmp_path.name
    assert reasons(gather_paths([one, other])) == [
        f"{here}/a/gone.jpg does not exist.",
        f"{here}/b/gone.jpg does not exist.",
    ]
    assert reasons(gather_paths([one])) == ["gone.jpg does not exist."]
    names = [item.name for item in gather_paths([a / "broken.jpg", b / "broken.jpg"])][:2]
    assert [name.split("/")[-2] for name in names] == ["a", "b"]
    mixed = list(gather_paths([a / "broken.jpg", str(b / "broken.jpg"), one]))
    assert len({item.name for item in mixed if not isinstance(item, Remark)}) == 3


def test_broken_zips_of_one_name_are_told_apart(tmp_path):
    torn = make.zip_of({"x.png": JPEG})[:20]
    uploaded = uploads(("a/torn.zip", torn), ("b/torn.zip", torn))
    assert [reason.split(" is ")[0] for reason in reasons(uploaded)] == ["a/torn.zip", "b/torn.zip"]
    assert reasons(uploads(("a/torn.zip", torn)))[0].startswith("torn.zip is a broken ZIP")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "torn.zip").write_bytes(torn)
    assert len(set(reasons(gather_paths([tmp_path])))) == 2


def test_files_of_one_path_in_two_zips_are_told_apart():
    packed = [make.zip_of({"x/a.jpg": JPEG, name: JPEG}) for name in ("b.jpg", "c.jpg")]
    got = uploads(("1.zip", packed[0]), ("2.zip", packed[1]))
    names = {item.name for item in got if isinstance(item, Source)}
    assert names == {"1.zip/x/a.jpg", "2.zip/x/a.jpg", "b.jpg", "c.jpg"}
