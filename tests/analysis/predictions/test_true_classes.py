"""Which class a label names: every usual spelling, never a guess between two, nothing unsaid."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.analysis.predictions.true_classes import NAMED, are_numbers, nearest, said, truth_of
from se_viz.nets import builtin
from se_viz.nets.classes import imagenet, imagenette

IMAGENET, TEN = imagenet.CLASSES, builtin.CLASSES
POMERANIAN = 259


def row_of(label: str, classes=IMAGENET, numbers: bool | None = None) -> int:
    return int(truth_of([label], classes, numbers).rows[0])


def fits(label: str, classes=IMAGENET) -> set[str]:
    return {classes[row] for row in truth_of([label], classes, False).fits[label]}


@pytest.mark.parametrize(
    "label",
    [
        *("n02112018", "N02112018", "n02112018-Pomeranian", "n02112018_Pomeranian"),
        *("n02112018 Pomeranian", "n02112018, Pomeranian", "Pomeranian", "pomeranian"),
        *("POMERANIAN", "dogs n02112018", "Pomeranian (n02112018)"),
    ],
)
def test_a_class_of_imagenet_is_named_by_its_number_or_name(label):
    assert row_of(label) == POMERANIAN


def test_all_thousand_numbers_and_names_name_their_class():
    for row, (wnid, name) in enumerate(zip(imagenet.WNIDS, IMAGENET, strict=True)):
        assert row_of(wnid) == row_of(f"{wnid}-{name.replace(' ', '_')}") == row
        assert row_of(name) == row or fits(name) == {"maillot", "tank suit"}


@pytest.mark.parametrize(
    "label", ["chain_saw", "Chain Saw", "chain-saw", "CHAIN  SAW", "chain saw"]
)
def test_other_spellings_are_the_class(label):
    assert row_of(label) == IMAGENET.index("chain saw")
    assert row_of(label, TEN) == TEN.index("chain saw")


def test_a_name_with_synonyms_is_its_class():
    assert row_of("tench, Tinca tinca") == 0
    assert row_of("tench", ("goldfish, Carassius auratus", "tench, Tinca tinca")) == 1
    assert row_of("jack-o-lantern") == IMAGENET.index("jack-o'-lantern")


def test_imagenettes_folders_are_known_to_networks_of_ten_and_of_a_thousand_classes():
    for wnid, name in imagenette.CLASSES.items():
        assert TEN[row_of(wnid, TEN)] == IMAGENET[row_of(wnid)] == name
    assert row_of("n01443537", TEN) == -1


def test_a_network_whose_classes_are_called_by_number_knows_the_names():
    classes = ("n02123045", "n02112018")
    assert [row_of(label, classes) for label in ("tabby", "n02123045", "Pomeranian")] == [0, 0, 1]


@pytest.mark.parametrize(
    ("label", "both"),
    [
        ("crane", {"crane (bird)", "crane (machine)"}),
        ("Crane", {"crane (bird)", "crane (machine)"}),
        ("maillot", {"maillot", "tank suit"}),
        ("Cardigan", {"cardigan", "Cardigan Welsh corgi"}),
        ("n01440764-goldfish", {"tench", "goldfish"}),
    ],
)
def test_a_label_that_fits_two_classes_is_not_guessed(label, both):
    found = truth_of([label, "tench"], IMAGENET)
    assert fits(label) == both
    assert found.rows.tolist() == [-1, 0]
    assert all(name in said(found) for name in (label, *both))


def test_one_of_two_like_names_is_still_its_own_class():
    assert IMAGENET[row_of("crane (bird)")] == "crane (bird)"
    assert IMAGENET[row_of("crane_(machine)")] == "crane (machine)"
    assert IMAGENET[row_of("n02012849-crane")] == "crane (bird)"
    assert IMAGENET[row_of("cardigan")] == "cardigan"
    assert IMAGENET[row_of("n02113186-Cardigan")] == "Cardigan Welsh corgi"
    assert row_of("Cat", ("cat", "Cat")) == 1
    assert fits("CAT", ("cat", "Cat")) == {"cat", "Cat"}


def test_names_that_a_list_holds_twice_are_no_guess_either():
    classes = ("crane", "heron", "crane (2)")
    assert fits("crane", classes) == {"crane", "crane (2)"}
    assert [row_of(label, classes) for label in ("heron", "crane (2)")] == [1, 2]


@pytest.mark.parametrize("labels", [["0", "999", "7"], ["00000", "00999", "00007"]], ids=str)
def test_numbers_are_classes_of_imagenet_where_all_of_them_are(labels):
    found = truth_of(labels, IMAGENET)
    assert found.numbers
    assert found.rows.tolist() == [0, 999, 7]
    assert truth_of(labels, IMAGENET, False).rows.tolist() == [-1, -1, -1]
    assert not truth_of([*labels, "tench"], IMAGENET).numbers
    assert not truth_of([*labels, "1000"], IMAGENET).numbers
    assert not truth_of([*labels, "-1"], IMAGENET).numbers


def test_numbers_of_another_network_count_only_when_a_person_says_so():
    assert truth_of(["0", "9"], TEN).rows.tolist() == [-1, -1]
    assert truth_of(["0", "", "9"], TEN, True).rows.tolist() == [0, -1, 9]
    with pytest.raises(ValueError, match="“10” is not the index of a class: those are 0 to 9"):
        truth_of(["0", "10"], TEN, True)
    assert row_of("1", ("1", "0")) == 0
    assert not are_numbers([""], TEN)


def test_networks_with_imagenets_classes_are_known_by_their_names():
    otherwise = dict(zip(imagenet.WNIDS, IMAGENET, strict=True)) | imagenet.OTHERWISE
    like_keras = [name.replace(" ", "_") for name in otherwise.values()]
    like_keras[517], like_keras[639] = "crane (2)", "maillot (2)"
    with_synonyms = [f"{name}, a thing" for name in otherwise.values()]
    for classes in (IMAGENET, like_keras, with_synonyms, imagenet.WNIDS):
        assert imagenet.is_imagenet(classes)
        assert row_of("n03126707", tuple(classes)) == 517
    assert fits("crane", tuple(like_keras)) == {"crane", "crane (2)"}
    for classes in (TEN, IMAGENET[::-1], [f"class {row}" for row in range(1000)]):
        assert not imagenet.is_imagenet(classes)


@pytest.mark.parametrize(
    ("label", "near"),
    [
        ("chainsaw", "chain saw"),
        ("golden retreiver", "golden retriever"),
        ("n01443537", "goldfish"),
        ("xyzzy", ""),
    ],
)
def test_what_is_no_class_is_listed_beside_the_nearest(label, near):
    assert nearest(label, IMAGENET) == near
    assert nearest("gold ball", TEN) == "golf ball"


def test_everything_left_out_is_counted_and_named():
    labels = ["tench", "chainsaw", "chainsaw", "", "n01443537", "chain saw"]
    found = truth_of(labels, TEN)
    assert found.rows.tolist() == [0, -1, -1, -1, -1, 3]
    assert found.known.tolist() == [0, 5]
    assert found.table().values.tolist() == [
        ["chainsaw", 2, "no class of this network", "chain saw"],
        ["", 1, "no class of its own", ""],
        ["n01443537", 1, "goldfish, no class of this network", ""],
    ]
    assert said(found).startswith(
        "Accuracy is over 2 of 6 pictures. Left out: “chainsaw” (2): no class of this network, "
        "nearest is chain saw; 1 of them: no class of its own; “n01443537” (1): goldfish, no class"
    )
    assert said(truth_of(["tench"], TEN)) == ""
    assert said(truth_of(["?"], TEN)).startswith("No accuracy, as none of 1 pictures counts.")
    many = truth_of([f"thing {number}" for number in range(NAMED + 3)], TEN)
    assert said(many).endswith("; and 3 more classes.")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["", *TEN, *imagenette.WNIDS, "3"]) | st.text(max_size=6)))
def test_every_picture_counts_or_is_listed(labels):
    found = truth_of(labels, TEN)
    assert len(found.known) + found.table()["pictures"].sum() == len(labels)
    assert (np.flatnonzero(found.rows >= 0) == found.known).all()
    assert {found.name_of(labels[place]) for place in found.known} <= set(TEN)
