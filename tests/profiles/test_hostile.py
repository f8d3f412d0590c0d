"""Files that others made: none is taken for a profile, none ends in anything but a sentence."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from se_viz import npz
from se_viz.profiles import as_npz, load
from tests.profiles import mutants
from tests.profiles.test_profiles import assert_same, whole

EACH = 1250
"""Mutants of each way: 5,000 in all."""


@pytest.mark.parametrize("way", mutants.WAYS, ids=lambda way: way.__name__)
def test_no_mutant_is_loaded_and_none_escapes(way):
    rng = np.random.default_rng(0)
    for _ in range(EACH):
        file = io.BytesIO(way(rng, whole()))
        with pytest.raises(ValueError, match=r"^mine\.npz cannot be read as a profile\.$"):
            load(file, "mine.npz")


def test_the_same_parts_without_a_change_are_loaded():
    assert_same(load(io.BytesIO(mutants.packed(*mutants.parts(whole())))), whole())


def test_numbers_that_could_be_are_told_from_those_that_were_written():
    record, arrays = mutants.parts(whole())
    arrays["SE_2_1/m2"] *= 1 + 1e-9
    with pytest.raises(ValueError, match="cannot be read"):
        load(io.BytesIO(mutants.packed(record, arrays, told=False)))


def test_a_list_of_very_many_entries_is_refused_at_once(monkeypatch):
    file = io.BytesIO(as_npz(whole()))
    with zipfile.ZipFile(file, "a") as packed:
        for number in range(200):
            packed.writestr(f"{number}.npy", b"")
    monkeypatch.setattr(npz, "LIST_BYTES", 9000)
    with pytest.raises(ValueError, match="cannot be read as a profile"):
        load(file)


def test_what_unpacks_to_too_much_says_so_before_it_is_unpacked():
    with pytest.raises(ValueError, match=r"^It unpacks to more than 0 MB\.$"):
        load(io.BytesIO(as_npz(whole())), "It", most=1000)


def test_names_are_cleaned_as_those_of_pictures_are():
    record, arrays = mutants.parts(whole())
    record["classes"][0] = "a\u202eb\n"
    record["origin"]["runtime"] = "\u202e" + "x" * 10_000
    found = load(io.BytesIO(mutants.packed(record, arrays)))
    assert found.classes[0].startswith("ab ~")
    assert found.origin.runtime.startswith("xxx")
    assert len(found.origin.runtime) < 200
    assert found.classes[1:] == whole().classes[1:]
