"""Pictures through a probe in this process: in order, in chunks, and nothing kept."""

from __future__ import annotations

import gc
import weakref

import keras
import numpy as np
import pytest

from se_viz.engines.local import read_pictures
from se_viz.engines.origins import origin_of
from se_viz.pictures import Earlier, Limits, PictureError, Skipped, Source
from se_viz.probe.probe import Probe
from se_viz.probe.reading import join
from se_viz.profiles import merge, of_reading
from tests.pictures import picture_files as make
from tests.probe.networks import dense_fused, model_of, network_of

BATCH = 4


@pytest.fixture(scope="module")
def probe() -> Probe:
    keras.utils.set_random_seed(2)
    return Probe(network_of(model_of(dense_fused)), batch=BATCH)


def source(number: int, label: str | None = "dog", data: bytes | None = None) -> Source:
    return Source(f"{number}.png", label, lambda: make.picture(number) if data is None else data)


def sources(count: int, label: str | None = "dog") -> list[Source]:
    return [source(number, label) for number in range(count)]


def broken(name: str) -> Source:
    def read() -> bytes:
        raise PictureError(f"{name} is damaged.")

    return Source(name, "dog", read)


@pytest.mark.parametrize(("count", "sizes"), [(1, [1]), (4, [4]), (9, [4, 4, 1]), (0, [])])
def test_pictures_come_in_chunks_of_a_batch(probe, count, sizes):
    chunks = list(read_pictures(probe, sources(count)))
    assert [len(chunk.pictures) for chunk in chunks] == sizes
    assert [len(chunk.reading) for chunk in chunks] == sizes


def test_rows_belong_to_pictures_in_the_order_of_the_sources(probe):
    chunks = list(read_pictures(probe, sources(10)))
    names = [name for chunk in chunks for name in chunk.reading.names]
    assert names == [f"{number}.png" for number in range(10)]
    for chunk in chunks:
        assert chunk.reading.names == tuple(picture.name for picture in chunk.pictures)
        seen = probe.read(np.stack([picture.model_input for picture in chunk.pictures]))
        np.testing.assert_array_equal(chunk.reading.outputs, seen.outputs)
        np.testing.assert_array_equal(chunk.reading.gates["SE_1"], seen.gates["SE_1"])
        np.testing.assert_array_equal(chunk.reading.squeezes["SE_1"], seen.squeezes["SE_1"])


def test_given_labels_are_kept_and_missing_ones_are_the_networks_own_guess(probe):
    mixed = [source(0, "dog"), source(1, None), source(2, "cat"), source(3, None)]
    (chunk,) = read_pictures(probe, mixed)
    guesses = [f"class {guess}" for guess in chunk.reading.outputs.argmax(1)]
    assert chunk.reading.labels == ("dog", guesses[1], "cat", guesses[3])
    assert [picture.label for picture in chunk.pictures] == ["dog", None, "cat", None]


def test_broken_files_are_skipped_with_the_reason_and_the_others_run(probe):
    mixed = [source(0), broken("bad.png"), source(1), source(2, data=b"no picture"), source(3)]
    (chunk,) = read_pictures(probe, mixed)
    assert chunk.reading.names == ("0.png", "1.png", "3.png")
    assert [skipped.name for skipped in chunk.skipped] == ["bad.png", "2.png"]
    assert chunk.skipped[0].reason == "bad.png is damaged."


def test_what_was_skipped_before_is_handed_on(probe):
    early = Skipped("notes.txt", "notes.txt is no picture.")
    (chunk,) = read_pictures(probe, [early, source(0)])
    assert chunk.skipped == (early,)
    assert chunk.reading.names == ("0.png",)


def test_nothing_but_broken_files_gives_a_chunk_without_reading(probe):
    (chunk,) = read_pictures(probe, [broken("a.png"), broken("b.png")])
    assert (chunk.reading, chunk.pictures) == (None, ())
    assert len(chunk.skipped) == 2


def test_broken_files_after_a_full_batch_are_not_lost(probe):
    chunks = list(read_pictures(probe, [*sources(BATCH), broken("last.png")]))
    assert [len(chunk.pictures) for chunk in chunks] == [BATCH, 0]
    assert [skipped.name for skipped in chunks[1].skipped] == ["last.png"]


def test_a_picture_that_comes_twice_counts_once(probe):
    twice = [source(0), Source("copy.png", "cat", lambda: make.picture(0)), source(1)]
    (chunk,) = read_pictures(probe, twice)
    assert chunk.reading.names == ("0.png", "1.png")
    assert "same picture as 0.png" in chunk.skipped[0].reason


def test_a_picture_known_from_before_is_skipped(probe):
    (first,) = read_pictures(probe, sources(2))
    known = {
        picture.digest: Earlier(f"old {picture.name}", picture.label) for picture in first.pictures
    }
    (second,) = read_pictures(probe, sources(3), known=known)
    assert second.reading.names == ("2.png",)
    assert "same picture as old 0.png" in second.skipped[0].reason
    assert len(known) == 2


def test_limits_are_kept(probe):
    (chunk,) = read_pictures(probe, sources(2), limits=Limits(pixels=100))
    assert chunk.reading is None
    assert len(chunk.skipped) == 2


@pytest.mark.parametrize("wanted", [True, False])
def test_thumbnails_are_made_on_request(probe, wanted):
    (chunk,) = read_pictures(probe, sources(1), thumbnails=wanted)
    assert bool(chunk.pictures[0].thumbnail) == wanted


def test_no_picture_outlives_its_chunk_and_readings_hold_none(probe):
    alive: weakref.WeakSet = weakref.WeakSet()
    readings, most = [], 0
    for chunk in read_pictures(probe, sources(30), thumbnails=False):
        alive.update(chunk.pictures)
        readings.append(chunk.reading)
        del chunk
        gc.collect()
        most = max(most, len(alive))
    gc.collect()
    assert most == BATCH
    assert len(alive) == 0
    assert sum(len(reading) for reading in readings) == 30


def test_the_network_is_asked_only_as_chunks_are_taken(probe):
    taken = []

    def endless():
        number = 0
        while True:
            taken.append(number)
            yield source(number)
            number += 1

    chunks = read_pictures(probe, endless())
    assert taken == []
    assert next(chunks).reading.names[0] == "0.png"
    assert len(taken) < 100
    chunks.close()


def test_profiles_of_chunks_merge_to_the_profile_of_all(probe):
    origin = origin_of(probe, "my pictures")
    readings = [chunk.reading for chunk in read_pictures(probe, sources(10))]
    merged = merge(*(of_reading(reading, probe.blocks, origin) for reading in readings))
    whole = of_reading(join(readings), probe.blocks, origin)
    assert merged.counts == whole.counts == {"dog": 10}
    np.testing.assert_allclose(merged.stats["SE_1"].mean, whole.stats["SE_1"].mean, atol=1e-6)


def test_the_origin_tells_network_preprocessing_and_versions(probe):
    origin = origin_of(probe, "my pictures")
    assert (origin.title, origin.network, origin.fingerprint) == ("my pictures", "tiny", "f" * 64)
    assert origin.preprocessing == probe.network.preprocessing.as_dict()
    assert origin.versions["keras"] == keras.__version__
    assert origin.versions["numpy"] == np.__version__
