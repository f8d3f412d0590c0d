"""Many pictures at a time: in order, bounded, and no file stops the others."""

from __future__ import annotations

import hashlib
import logging
import sys
import threading
import time
import weakref

import numpy as np
import pytest

from se_viz.pictures import (
    Limits,
    Picture,
    PictureError,
    Preprocessing,
    Skipped,
    Source,
    decode,
    gather_uploads,
    load,
    load_one,
    model_input,
)
from se_viz.pictures.load import LOOK_AHEAD, default_workers
from tests.pictures import picture_files as make

SMALL = Preprocessing(size=16)
module = sys.modules["se_viz.pictures.load"]


def source(number: int, read=None) -> Source:
    return Source(f"{number}.png", "dog", read or (lambda: make.picture(number)))


def test_one_picture_in_full():
    data = make.pack(make.photo(300, 200), "JPEG")
    (got,) = load([Source("a.jpg", "dog", lambda: data)], SMALL)
    assert (got.name, got.label, got.width, got.height) == ("a.jpg", "dog", 300, 200)
    assert got.digest == hashlib.sha256(data).hexdigest()
    assert decode(got.thumbnail, "t").size == (128, 85)
    assert np.abs(got.model_input.astype(int) - model_input(decode(data, "a"), SMALL)).mean() < 2


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_results_come_in_the_order_of_the_sources(workers):
    def slow(number):
        time.sleep(0.01 if number % 5 == 0 else 0)
        return make.picture(number)

    sources = [source(number, lambda number=number: slow(number)) for number in range(80)]
    got = list(load(sources, SMALL, workers=workers, thumbnails=False))
    assert [picture.name for picture in got] == [f"{number}.png" for number in range(80)]
    one_by_one = [load_one(item, SMALL, thumbnails=False) for item in sources]
    for fast, plain in zip(got, one_by_one, strict=True):
        assert fast.digest == plain.digest
        assert (fast.model_input == plain.model_input).all()
        assert fast.thumbnail == b""


def test_reading_runs_ahead_by_so_many_and_no_more():
    taken, read = [], []

    def sources():
        for number in range(200):
            taken.append(number)
            yield source(number, lambda number=number: read.append(number) or make.picture(number))

    results = load(sources(), SMALL, workers=3)
    assert taken == []
    for count, _ in enumerate(results, 1):
        assert len(taken) <= count - 1 + LOOK_AHEAD
        assert len(read) <= count - 1 + LOOK_AHEAD
        if count == 1:
            wait_until(lambda: len(read) == LOOK_AHEAD)
    assert len(read) == count == 200


def wait_until(done):
    end = time.monotonic() + 10
    while not done() and time.monotonic() < end:
        time.sleep(0.005)
    assert done()


def test_only_the_workers_hold_files_and_pixels(monkeypatch):
    monkeypatch.setattr(module, "_picture", watched := Watched(module._picture))
    assert len(list(load(map(source, range(30)), SMALL, workers=3))) == 30
    assert 1 < watched.most <= 3


def test_pictures_that_were_handed_out_are_let_go():
    results = load(map(source, range(100)), SMALL, workers=2)
    seen = weakref.WeakSet()
    for picture in results:
        seen.add(picture)
        del picture
    assert len(seen) == 0


def test_the_same_picture_twice_counts_once():
    again = make.picture(3)
    sources = [source(number) for number in range(50)]
    sources[10:10] = [Source("copy.png", "dog", lambda: again)]
    sources.append(Source("late.png", None, lambda: again))
    got = list(load(sources, SMALL, workers=4))
    skipped = [item for item in got if isinstance(item, Skipped)]
    assert skipped == [
        Skipped("copy.png", "copy.png is the same picture as 3.png and counts only once."),
        Skipped("late.png", "late.png is the same picture as 3.png and counts only once."),
    ]
    assert len(got) == 52


def test_the_first_in_order_counts_even_if_it_takes_longer():
    data = make.picture()

    def slow():
        time.sleep(0.1)
        return data

    first, second = load(
        [Source("a.png", None, slow), Source("b.png", None, lambda: data)], SMALL, workers=2
    )
    assert isinstance(first, Picture)
    assert second.reason == "b.png is the same picture as a.png and counts only once."


def test_broken_files_twice_are_each_said_to_be_broken():
    got = list(load([source(1, lambda: b"x"), source(2, lambda: b"x")], SMALL))
    assert ["not a JPEG" in item.reason for item in got] == [True, True]


def test_bad_files_among_good_ones(caplog):
    good = make.picture(1, "JPEG")
    bad = {
        "empty.jpg": b"",
        "text.jpg": b"hello",
        "cut.jpg": good[: len(good) // 2],
        "bomb.png": make.raw_png(60_000, 60_000, 8, 2, b""),
        "huge.bmp": bytes(9_000_000),
    }
    files = [("a.jpg", good), *bad.items(), ("z.png", make.picture(2))]
    limits = Limits(file_bytes=8_000_000)
    got = list(load(gather_uploads(files, limits), SMALL, limits))
    assert [item.name for item in got] == [name for name, _ in files]
    assert [isinstance(item, Picture) for item in got] == [True, *[False] * 5, True]
    for item in got[1:-1]:
        assert item.reason.startswith(item.name)
    assert not caplog.records


@pytest.mark.parametrize("error", [KeyError("surprise"), RecursionError(), UnicodeError()])
def test_surprises_become_a_sentence_and_a_logged_traceback(error, caplog):
    def read():
        raise error

    with caplog.at_level(logging.ERROR):
        bad, good = load([source(1, read), source(2)], SMALL)
    assert bad.reason == "1.png could not be read, because of an unexpected error."
    assert isinstance(good, Picture)
    (record,) = caplog.records
    assert record.exc_info[1] is error
    assert "1.png" in record.getMessage()


def test_running_out_of_memory_stops_one_picture_only(caplog):
    def read():
        raise MemoryError

    bad, good = load([source(1, read), source(2)], SMALL)
    assert bad.reason == "1.png needs more memory than there is."
    assert isinstance(good, Picture)
    assert not caplog.records


def test_skipped_sources_keep_their_place():
    skipped = Skipped("b", "b is broken.")
    got = list(load([source(1), skipped, source(2)], SMALL))
    assert [item.name for item in got] == ["1.png", "b", "2.png"]
    assert got[1] is skipped


def test_stopping_early_stops_the_threads():
    read = []
    sources = [source(n, lambda n=n: read.append(n) or make.picture(n)) for n in range(500)]
    results = load(sources, SMALL, workers=2)
    next(results)
    results.close()
    count = len(read)
    assert count <= LOOK_AHEAD
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("pictures")]
    assert len(read) == count


def test_big_pictures_are_unpacked_one_at_a_time(monkeypatch):
    monkeypatch.setattr(module, "BIG", 100)
    monkeypatch.setattr(module, "unpack", watched := Watched(module.unpack))
    assert len(list(load(map(source, range(12)), SMALL, workers=4))) == 12
    assert watched.most == 1
    monkeypatch.setattr(module, "BIG", 10_000)
    assert len(list(load(map(source, range(12)), SMALL, workers=4))) == 12
    assert watched.most > 1


class Watched:
    """A function, and how many threads were in it at most."""

    def __init__(self, function) -> None:
        self.function, self.lock, self.now, self.most = function, threading.Lock(), 0, 0

    def __call__(self, *args):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.01)
        try:
            return self.function(*args)
        finally:
            with self.lock:
                self.now -= 1


def test_load_one_raises():
    with pytest.raises(PictureError, match=r"^1\.png is empty\.$"):
        load_one(source(1, lambda: b""), SMALL)


def test_workers():
    assert 1 <= default_workers() <= 8
    with pytest.raises(ValueError, match="workers"):
        list(load([], SMALL, workers=0))
    assert list(load([], SMALL)) == []
