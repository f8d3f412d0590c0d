"""As many classes come out as went in, whatever they are called: pictures, session, profile,
figures, tables."""

from __future__ import annotations

import io
import unicodedata

import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from se_viz import profiles
from se_viz.analysis.channels import channels_of
from se_viz.analysis.profiles.curves import curve_table
from se_viz.analysis.profiles.distances import distance_matrix
from se_viz.analysis.profiles.groups import Group
from se_viz.analysis.profiles.one_channel import channel_table
from se_viz.analysis.tables import csv_of
from se_viz.figures.profiles.curves import class_curves
from se_viz.figures.profiles.one_channel import channel_by_class
from se_viz.figures.statistics.distances import class_map
from se_viz.figures.style.palette import class_colours
from se_viz.pictures import PictureOptions, Remark, Source, gather_paths, gather_uploads
from se_viz.pictures.labels.lists import ClassList
from se_viz.pictures.labels.names import LONGEST_LABEL, class_name, is_junk, split, typed_class
from se_viz.ui.state.session import Collection, Seen, Shot
from tests.figures.look import titles
from tests.make import ORIGIN, blocks_by_depth, make_reading
from tests.pictures.picture_files import zip_of

BLOCKS = blocks_by_depth([6])
LONG = "a class whose name goes on and on, so that no legend or axis has the room to show all of it"
HARD = (
    *("cat", "Cat", "cat ", " cat", "ca\u200bt", "cat\n", "ca\u202et", "c\u0430t", "cat\u200d"),
    *("e\u0301", "all", "all (class)", "all (class) (class)", "class", "picture 0", "key", "~"),
    *(f"{LONG}{end}" for end in "12"),
    *(f"{LONG * 2}{middle}{LONG * 2}" for middle in "12"),
    *(f"{kind}, which is longer than an axis has room for" for kind in ("one", "two")),
)
NAMES = st.lists(
    st.sampled_from(HARD) | st.text(min_size=1, max_size=12),
    min_size=2,
    max_size=12,
    unique_by=lambda name: unicodedata.normalize("NFC", name),
)
few = settings(max_examples=30, deadline=None)


def folders(names: list[str]) -> list[str]:
    """Those that can be a folder's name, and are not left out as hidden or an archive's junk."""
    kept = [name for name in names if not set("/\\") & set(name) and name not in (".", "..")]
    return [name for name in kept if not is_junk((*split(f"{name}/x")[:-1], "x.png"))]


def uploaded(paths: list[str]) -> list[str]:
    items = gather_uploads([(path, b"x") for path in paths])
    return [item.label for item in items if isinstance(item, Source)]


@example(list(HARD))
@settings(max_examples=300, deadline=None)
@given(NAMES)
def test_names_of_classes_differ_where_what_they_are_made_of_does(names):
    made = [class_name(name) for name in names]
    assert len(set(made)) == len(names)
    assert all(0 < len(name) <= LONGEST_LABEL for name in made)
    assert [class_name(name) for name in made] == [typed_class(name) for name in made] == made
    assert [class_name(unicodedata.normalize("NFD", name)) for name in names] == made


@example(list(HARD))
@few
@given(NAMES)
def test_as_many_folders_as_many_classes(names):
    kept = folders(names)
    assume(len(kept) > 1)
    found = uploaded([f"set/of pictures/{name}/x.png" for name in kept])
    assert len(set(found)) == len(found) == len(kept)


def test_folders_of_a_zip_and_of_a_disk_are_as_many(tmp_path):
    names = [name for name in folders(list(HARD)) if len(name.encode()) < 250]
    for name in names:
        (tmp_path / "set" / name).mkdir(parents=True)
        (tmp_path / "set" / name / "x.png").write_bytes(b"x")
    found = [item for item in gather_paths([tmp_path / "set"]) if isinstance(item, Source)]
    assert len({item.label for item in found}) == len(names)
    packed = zip_of({f"set/{name}/x.png": b"x" for name in names})
    found = [item for item in gather_uploads([("s.zip", packed)]) if isinstance(item, Source)]
    assert len({item.label for item in found}) == len(names)


def test_one_name_on_a_mac_and_elsewhere_is_one_class():
    assert uploaded(["set/e\u0301le\u0300ve/1.png", "set/\u00e9l\u00e8ve/2.png"]) == ["élève"] * 2


def test_letters_that_only_joiners_shape_stay_as_they_are_written():
    persian, family = "می\u200cخواهم", "👩\u200d👧"
    assert uploaded([f"set/{persian}/1.png", f"set/{family}/1.png"]) == [persian, family]
    assert typed_class("  two  words ") == "two words"
    assert typed_class(" \u200b ") == ""


@pytest.mark.parametrize("other", ["Cat", "cat ", "c-at", "ｃａｔ"])
def test_classes_that_read_alike_stay_apart_and_it_is_said(other):
    names = [*("cat", other), "dog"] if other != "c-at" else ["c at", other, "dog"]
    items = list(gather_uploads([(f"set/{name}/x.png", b"x") for name in names]))
    (said,) = [item for item in items if isinstance(item, Remark)]
    assert said.name == class_name(names[0])
    assert class_name(other) in said.text
    assert "dog" not in said.text
    assert len(set(uploaded([f"set/{name}/x.png" for name in names]))) == 3


def collected(labels: list[str]) -> Collection:
    """A session with one picture of each of these labels."""
    mine = Collection()
    mine.look_through(mine.network, Seen(BLOCKS, ORIGIN))
    reading = make_reading(labels, BLOCKS)
    shots = [
        Shot(f"{row}.png", f"{row}", name, "folder", b"", 1, 1) for row, name in enumerate(labels)
    ]
    mine.add(reading, shots, mine.network)
    return mine


@example(list(HARD))
@few
@given(NAMES)
def test_as_many_classes_in_a_session_its_profile_and_its_file(names):
    labels = [class_name(name) for name in names]
    mine = collected(labels)
    assert mine.labels == tuple(labels)
    made = mine.group().profile
    assert made.counts == dict.fromkeys(labels, 1)
    assert profiles.load(io.BytesIO(profiles.as_npz(made))).classes == tuple(labels)
    assert len(profiles.merge(made, made).classes) == len(labels)


@few
@given(NAMES)
def test_as_many_classes_where_a_person_types_them(names):
    wanted = {typed_class(name) for name in names} - {""}
    assume(wanted)
    mine = collected([str(row) for row in range(len(wanted))])
    mine.rename(dict(enumerate(sorted(wanted))))
    assert set(mine.labels) == wanted


@example(list(HARD))
@settings(max_examples=6, deadline=None)
@given(NAMES)
def test_as_many_classes_in_tables_and_figures(names):
    labels = [class_name(name) for name in names]
    group = Group("mine", profiles.of_reading(make_reading(labels, BLOCKS), BLOCKS, ORIGIN))
    table = curve_table([group], channels_of(group.profile, ["SE_1"], "all", "index"))
    again = pd.read_csv(io.BytesIO(csv_of(table)), keep_default_na=False, dtype=str)
    assert table["class"].nunique() == again["class"].nunique() == len(labels) + 1

    colours = class_colours(labels)
    assert len(colours) == len(labels) + 1
    legend = [t.name for t in class_curves(table, colours).data if t.showlegend]
    assert len(set(legend)) == len(legend) == len(labels) + 1

    rows = channel_by_class(channel_table([group], "SE_1", 0), colours).layout.yaxis.ticktext
    assert len(set(rows)) == len(labels) + 1
    alone = [row for row in rows if "\u200b" in row]
    assert not alone, "rows that only hidden characters tell apart"

    matrix = distance_matrix(group, "SE_1")
    assert list(matrix.shape) == [len(labels)] * 2
    figure = class_map(matrix, "SE_1")
    assert len(set(figure.layout.yaxis2.ticktext)) == len(labels)
    assert titles(figure)


def test_as_many_classes_as_a_list_of_them_has():
    names = ["cat", "Cat", "ca\u200bt", "cats", f"{LONG * 2}1{LONG}", f"{LONG * 2}2{LONG}"]
    rows = "".join(f'{row}.png,"{name}"\n' for row, name in enumerate(names))
    options = PictureOptions(labels=ClassList("list.csv", f"file,class\n{rows}".encode()))
    pictures = [(f"{row}.png", b"x") for row in range(len(names))]
    items = gather_uploads(pictures, options=options)
    found = [item.label for item in items if isinstance(item, Source)]
    assert found == [class_name(name) for name in names]
    assert len(set(found)) == len(names)
