"""Files of profiles: what was saved comes back, and nothing else is taken for a profile."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from mmap import mmap

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_viz import npz
from se_viz.profiles import FIELDS, as_npz, empty, load, merge, of_reading, save
from tests.make import ORIGIN, make_reading
from tests.profiles import mutants
from tests.profiles.test_profiles import assert_same, few, part, whole


def test_a_file_gives_back_the_very_same_profile(tmp_path):
    path = tmp_path / "profile.npz"
    save(whole(), path)
    again = load(path)
    assert again.classes == whole().classes
    assert_same(again, whole())
    assert as_npz(again) == as_npz(whole()) == path.read_bytes()


def test_a_file_can_be_merged_with_what_was_measured(tmp_path):
    save(part(range(7)), tmp_path / "profile.npz")
    assert_same(merge(load(tmp_path / "profile.npz"), part(range(7, 16))), whole())


def test_a_file_carries_where_it_comes_from_and_no_pickles(tmp_path):
    save(whole(), tmp_path / "profile.npz")
    with np.load(tmp_path / "profile.npz", allow_pickle=False) as file:
        record = json.loads(str(file["record"]))
        assert {file[name].dtype.kind for name in file.files} == {"U", "i", "f"}
    assert record["origin"]["fingerprint"] == ORIGIN.fingerprint
    assert record["origin"]["preprocessing"] == {"size": 224}
    assert record["origin"]["versions"] == {"numpy": "2"}


def damaged(path, kind: str) -> None:
    save(whole(), path)
    data = path.read_bytes()
    if kind == "cut short":
        path.write_bytes(data[: len(data) // 2])
    if kind == "empty":
        path.write_bytes(b"")
    if kind == "text":
        path.write_text("not a profile")
    if kind == "array":
        np.save(path.with_suffix(".npy"), np.zeros(3))
        path.with_suffix(".npy").rename(path)
    if kind == "pickle":
        np.savez(path, record=np.array([{}], object))


KINDS = ["cut short", "empty", "text", "array", "pickle"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_profile_is_refused_by_name(tmp_path, kind):
    damaged(tmp_path / "file.npz", kind)
    with pytest.raises(ValueError, match=r"file\.npz cannot be read as a profile"):
        load(tmp_path / "file.npz")


def test_what_cannot_be_opened_says_why(tmp_path):
    with pytest.raises(ValueError, match=r"none\.npz does not exist\.$"):
        load(tmp_path / "none.npz")
    with pytest.raises(ValueError, match=rf"^{tmp_path} is a folder, not a file\.$"):
        load(tmp_path)


@few
@given(st.integers(0, len(as_npz(whole())) - 1), st.integers(1, 255))
def test_one_wrong_byte_is_refused_or_does_no_harm(place, flip):
    data = bytearray(as_npz(whole()))
    data[place] ^= flip
    try:
        again = load(io.BytesIO(data))
    except ValueError:
        return
    assert_same(again, whole())


def rewrite(path, change) -> None:
    """A profile's file with its record and arrays changed."""
    save(whole(), path)
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    record = json.loads(str(arrays.pop("record")))
    change(record, arrays)
    np.savez(path, record=np.array(json.dumps(record)), **arrays)


CHANGES = {
    "another version": lambda record, arrays: record.update(version=99),
    "no origin": lambda record, arrays: record.pop("origin"),
    "half an origin": lambda record, arrays: record["origin"].pop("fingerprint"),
    "no classes": lambda record, arrays: record.pop("classes"),
    "a class too many": lambda record, arrays: record["classes"].append("d"),
    "a class twice": lambda record, arrays: record.update(classes=["a", "a", "b"]),
    "classes that are no list": lambda record, arrays: record.update(classes=5),
    "a block of other facts": lambda record, arrays: record["blocks"][0].update(colour="red"),
    "a block of other width": lambda record, arrays: record["blocks"][0].update(channels=7),
    "a missing array": lambda record, arrays: arrays.pop("SE_2_1/mean"),
    "an array of another shape": lambda record, arrays: arrays.update(
        {"SE_2_1/histogram": np.zeros((3, 5), np.int64)}
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_whose_parts_do_not_fit_together_is_refused(tmp_path, change):
    rewrite(tmp_path / "file.npz", CHANGES[change])
    with pytest.raises(ValueError, match=r"file\.npz cannot be read as a profile"):
        load(tmp_path / "file.npz")


def old(profile, blocks=("name", "stage", "index", "channels", "ratio")) -> io.BytesIO:
    """The file of a profile as format 1 had it."""
    record, arrays = mutants.parts(profile)
    origin = {key: record["origin"][key] for key in list(record["origin"])[:5]}
    rows = [{key: row[key] for key in blocks} for row in record["blocks"]]
    for name in ("low", "high"):
        for row in rows:
            empty = profile.stats[row["name"]].count == 0
            arrays[f"{row['name']}/{name}"][empty] = np.inf if name == "low" else -np.inf
    old = {"version": 1, "classes": record["classes"], "blocks": rows, "origin": origin}
    file = io.BytesIO()
    np.savez_compressed(file, record=np.array(json.dumps(old)), **arrays)
    file.seek(0)
    return file


def test_format_1_is_read():
    assert_same(load(old(whole())), whole())


def test_no_picture_of_a_class_is_a_count_of_0_in_both_formats():
    some = merge(empty(["none", "a"], whole().blocks, ORIGIN), whole())
    for file in (old(some), io.BytesIO(as_npz(some))):
        found = load(file).select(["none"])
        assert found.pictures == 0
        assert not any(getattr(found.stats["SE_2_1"], field).any() for field in FIELDS)
    assert_same(merge(load(old(some)), empty(["b"], whole().blocks, ORIGIN)), some)


def test_arrays_of_a_large_file_on_disk_are_mapped_into_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(npz, "MAPPED_FROM", 1000)
    save(whole(), tmp_path / "profile.npz")
    array = load(tmp_path / "profile.npz").stats["SE_2_1"].mean
    while isinstance(array.base, np.ndarray):
        array = array.base
    assert isinstance(array.base, mmap)


@pytest.mark.parametrize("mapped_from", [0, 2**40])
def test_a_file_that_takes_the_place_of_another_changes_nothing(tmp_path, monkeypatch, mapped_from):
    monkeypatch.setattr(npz, "MAPPED_FROM", mapped_from)
    path = tmp_path / "profile.npz"
    save(whole(), path)
    found = load(path)
    save(part([0, 1]), path)
    assert_same(found, whole())


def test_a_small_file_that_is_written_over_changes_nothing(tmp_path):
    path = tmp_path / "profile.npz"
    save(whole(), path)
    found = load(path)
    path.write_bytes(b"gone")
    assert_same(found, whole())


def test_arrays_are_mapped_from_the_file_that_was_checked(tmp_path, monkeypatch):
    """Not from one that comes under its name in between."""
    monkeypatch.setattr(npz, "MAPPED_FROM", 0)
    path = tmp_path / "profile.npz"
    save(whole(), path)
    with npz.opened(path) as file:
        save(part([0, 1]), path)
        np.testing.assert_array_equal(file.read("SE_2_1/mean"), whole().stats["SE_2_1"].mean)


def test_ranges_without_an_end_come_back(tmp_path):
    relu = replace(whole().blocks[0], high=np.inf)
    reading = make_reading("ab", (relu,))
    reading.gates[relu.name][:] *= 7
    made = of_reading(reading, (relu,), ORIGIN)
    save(made, tmp_path / "profile.npz")
    again = load(tmp_path / "profile.npz")
    assert again.blocks == (relu,)
    assert_same(again, made)


def test_what_was_measured_in_another_precision_is_not_merged():
    other = replace(whole(), origin=replace(ORIGIN, precision="bfloat16"))
    with pytest.raises(ValueError, match=r"different precision .* \(float32 and bfloat16\)"):
        merge(whole(), other)


def test_another_range_of_the_same_network_is_no_other_network():
    wide = tuple(replace(block, low=-1.0) for block in whole().blocks)
    with pytest.raises(ValueError, match="tell its blocks or the ranges of their gates"):
        merge(whole(), replace(whole(), blocks=wide))


def test_a_merged_profile_names_all_that_computed_it():
    old = replace(ORIGIN, runtime="B", versions={"keras": "2"})
    new = replace(ORIGIN, runtime="A", versions={"keras": "3", "numpy": "1"})
    one, other = (replace(whole(), origin=origin) for origin in (old, new))
    for parts in ((one, other), (other, one), (one, other, one)):
        found = merge(*parts).origin
        assert found.runtime == "A and B"
        assert found.versions == {"keras": "2 and 3", "numpy": "1"}
