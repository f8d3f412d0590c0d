"""What is kept can be read again, what is not kept is gone, and the file shrinks."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.pictures import PictureError, Source
from se_viz.pictures.spool import Spool


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def kept(spool: Spool, data: bytes) -> str:
    """Read a source through the spool."""
    source = spool.keep(Source("a.png", "cats", lambda: data, "set/a.png", len(data)))
    assert (source.name, source.label, source.path, source.size) == (
        *("a.png", "cats", "set/a.png"),
        len(data),
    )
    assert source.read() == data
    return digest(data)


def test_what_was_read_can_be_read_again_under_a_name():
    spool = Spool()
    again = spool.source(kept(spool, b"picture"), "b.png", None)
    assert (again.name, again.label, again.read(), again.read()) == (
        *("b.png", None),
        *(b"picture", b"picture"),
    )


def test_what_was_never_read_is_not_at_hand():
    with pytest.raises(PictureError, match=r"^a\.png is no longer at hand"):
        Spool().source(digest(b"picture"), "a.png", None).read()


def test_the_same_bytes_take_room_once():
    spool = Spool()
    kept(spool, b"picture")
    kept(spool, b"picture")
    assert len(spool) == len(b"picture")


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=20), unique=True), st.data())
def test_only_what_is_retained_stays(parts, data):
    spool = Spool()
    digests = [kept(spool, part) for part in parts]
    chosen = set(data.draw(st.lists(st.sampled_from(digests)))) if digests else set()
    spool.retain(chosen)
    assert len(spool) == sum(len(part) for part in parts if digest(part) in chosen)
    for part in parts:
        source = spool.source(digest(part), "a.png", None)
        if digest(part) in chosen:
            assert source.read() == part
        else:
            with pytest.raises(PictureError):
                source.read()


def test_a_failing_source_keeps_nothing():
    def fail() -> bytes:
        raise PictureError("a.png is empty.")

    spool = Spool()
    with pytest.raises(PictureError, match="is empty"):
        spool.keep(Source("a.png", None, fail)).read()
    assert len(spool) == 0


def test_a_full_disk_costs_only_the_second_look(monkeypatch):
    spool = Spool()

    def full(data: bytes):
        raise OSError("no space left on device")

    monkeypatch.setattr(spool, "_append", full)
    name = kept(spool, b"picture")
    with pytest.raises(PictureError):
        spool.source(name, "a.png", None).read()


def test_threads_do_not_mix_up_their_pictures():
    spool = Spool()
    parts = [bytes([number]) * (number + 1) for number in range(64)]
    with ThreadPoolExecutor(8) as pool:
        digests = list(pool.map(lambda part: kept(spool, part), parts))
        read = list(pool.map(lambda key: spool.source(key, "a", None).read(), digests))
    assert read == parts
