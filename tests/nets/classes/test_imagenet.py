"""ImageNet's classes: a thousand, each once, each in its place."""

from __future__ import annotations

import pytest

from se_viz.nets.classes import imagenet, imagenette


def test_there_are_a_thousand_names_that_nobody_can_confuse():
    assert len(imagenet.CLASSES) == len(imagenet.WNIDS) == 1000
    assert len({name.casefold() for name in imagenet.CLASSES}) == 1000
    assert all(name == name.strip() and name for name in imagenet.CLASSES)


def test_logits_are_in_the_order_of_the_synsets():
    assert sorted(set(imagenet.WNIDS)) == list(imagenet.WNIDS)


@pytest.mark.parametrize(
    ("place", "wnid", "name"),
    [
        (0, "n01440764", "tench"),
        (1, "n01443537", "goldfish"),
        (134, "n02012849", "crane (bird)"),
        (207, "n02099601", "golden retriever"),
        (254, "n02110958", "pug"),
        (281, "n02123045", "tabby"),
        (404, "n02690373", "airliner"),
        (517, "n03126707", "crane (machine)"),
        (972, "n09246464", "cliff"),
        (999, "n15075141", "toilet tissue"),
    ],
)
def test_known_classes_are_where_the_literature_has_them(place, wnid, name):
    assert (imagenet.WNIDS[place], imagenet.CLASSES[place]) == (wnid, name)


def test_imagenettes_classes_are_among_them_under_the_same_names():
    named = dict(zip(imagenet.WNIDS, imagenet.CLASSES, strict=True))
    assert {wnid: named[wnid] for wnid in imagenette.WNIDS} == imagenette.CLASSES


def test_a_bare_number_has_a_name_where_the_network_has_names_of_imagenet():
    classes = imagenette.NAMES
    for name, shown in [
        ("n01440764", "tench"),
        ("N02979186", "cassette player"),
        ("n01443537", "goldfish"),
        ("n00000001", "n00000001"),
        ("n01440764-tench", "n01440764-tench"),
        ("cat", "cat"),
    ]:
        assert imagenet.named(name, classes) == shown
    assert imagenet.named("n01440764", ("n01440764", "a")) == "n01440764"
    assert imagenet.named("n01440764", ("no", "yes")) == "n01440764"
