"""A picture that comes again: it counts once, and where its classes differ, that is said."""

from __future__ import annotations

from hashlib import sha256

import pytest

from se_viz.pictures import (
    EACH,
    Earlier,
    Picture,
    PictureOptions,
    Preprocessing,
    Repeat,
    Skipped,
    Source,
    load,
)
from tests.pictures import picture_files as make

SMALL = Preprocessing(size=8)
DATA = make.picture()
DIGEST = sha256(DATA).hexdigest()


def loaded(*labels: str | None, known=None, repeats: str = "first", workers: int = 2):
    """The same picture as 0.png, 1.png, ... with these labels."""
    options = PictureOptions(repeats=repeats)
    sources = [
        Source(f"{number}.png", label, lambda: DATA, options=options)
        for number, label in enumerate(labels)
    ]
    return list(load(sources, SMALL, known=known, workers=workers))


def counted(items) -> list[str | None]:
    return [item.label for item in items if isinstance(item, Picture)]


def test_under_two_classes_the_first_holds_and_it_is_said():
    first, second = loaded("cat", "dog")
    assert first.label == "cat"
    assert second == Repeat(
        "1.png",
        "1.png is the same picture as 0.png and counts only once, under “cat”, not under “dog”.",
        digest=DIGEST,
        label="dog",
        holds="cat",
    )


@pytest.mark.parametrize("labels", [("cat", "cat"), ("cat", None), (None, None)])
def test_without_another_class_nothing_is_in_dispute(labels):
    _, second = loaded(*labels)
    plain = "1.png is the same picture as 0.png and counts only once."
    assert second == Skipped("1.png", plain)
    assert not isinstance(second, Repeat)


def test_a_class_that_comes_after_a_picture_without_one_is_not_lost_silently():
    _, second = loaded(None, "cat")
    assert "without a class of its own, not under “cat”" in second.reason
    assert (second.label, second.holds) == ("cat", None)


def test_each_counts_once_under_each_class_where_a_person_says_so():
    items = loaded("cat", "dog", "cat", None, "dog", "bird", repeats=EACH)
    assert counted(items) == ["cat", "dog", "bird"]
    assert [type(item) for item in items if isinstance(item, Skipped)] == [Skipped] * 3
    assert len({item.name for item in items}) == 6


@pytest.mark.parametrize("workers", [1, 4])
def test_one_from_another_call_is_as_good(workers):
    known = {DIGEST: Earlier("old.png", "cat")}
    (same,) = loaded("cat", known=known, workers=workers)
    (other,) = loaded("dog", known=known, workers=workers)
    assert not isinstance(same, Repeat)
    assert "the same picture as old.png" in other.reason
    assert other.holds == "cat"
    assert list(known) == [DIGEST]


@pytest.mark.parametrize(
    ("place", "before", "said"),
    [
        ("b/a.png", "c/a.png", "b/a.png is the same picture as c/a.png"),
        ("two/x/a.png", "one/x/a.png", "two/x/a.png is the same picture as one/x/a.png"),
        ("z.zip/x/b/a.png", "z.zip/x/c/a.png", "b/a.png is the same picture as c/a.png"),
        ("a.png", "x/a.png", "a.png is the same picture as x/a.png"),
        ("a.png", "a.png", "a.png is here already"),
    ],
)
def test_of_two_with_one_name_as_many_folders_are_said_as_tell_them_apart(place, before, said):
    known = {DIGEST: Earlier("a.png", None, before)}
    (again,) = load([Source("a.png", None, lambda: DATA, place=place)], SMALL, known=known)
    assert again.reason == f"{said} and counts only once."
