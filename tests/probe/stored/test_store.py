"""What is kept of networks: found by their weights, bounded, and made anew where it is damaged."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from se_viz.nets import zoo
from se_viz.probe.stored import store
from tests.probe import networks
from tests.probe.networks import model_inputs, model_of, network_of


@pytest.fixture
def loads(tmp_path, monkeypatch):
    """A network of the list, with a note of each time that it was loaded, and the folder."""
    monkeypatch.setenv(store.PLACE, str(tmp_path / "networks"))
    path, count = tmp_path / "weights", []
    path.write_bytes(b"these weights")
    model = model_of(networks.dense_fused)

    def load(progress):
        count.append(1)
        return network_of(model)

    entry = replace(zoo.entries()["untrained"], name="small", path=lambda: path, load=load)
    return entry, count, path, tmp_path / "networks"


def test_the_second_time_it_is_not_loaded_and_gives_the_same(loads):
    entry, count, _, _ = loads
    first, second = store.probe_of(entry), store.probe_of(entry)
    assert len(count) == 1
    one, other = first.read(model_inputs(2)), second.read(model_inputs(2))
    np.testing.assert_array_equal(one.outputs, other.outputs)
    assert second.network.model is None
    assert second.runtime.title == "OpenVINO"


def test_other_weights_are_another_network(loads):
    entry, count, path, _ = loads
    store.probe_of(entry)
    path.write_bytes(b"other weights")
    store.probe_of(entry)
    assert len(count) == 2


def test_so_is_one_of_another_version(loads, monkeypatch):
    entry, count, _, _ = loads
    store.probe_of(entry)
    monkeypatch.setattr(store, "_version_of", lambda package: "0")
    store.probe_of(entry)
    assert len(count) == 2


def test_so_is_one_that_other_code_read(loads, tmp_path, monkeypatch):
    """A pull may change what is read of a network, without a new version."""
    entry, count, _, _ = loads
    store.probe_of(entry)
    (tmp_path / "probe").mkdir()
    (tmp_path / "probe" / "gates.py").write_text("# found otherwise")
    monkeypatch.setattr(store, "SOURCE", tmp_path)
    monkeypatch.setattr(store, "_code", store._code.__wrapped__)
    store.probe_of(entry)
    assert len(count) == 2


def test_what_is_damaged_is_made_anew(loads):
    entry, count, _, place = loads
    store.probe_of(entry)
    (kept,) = place.iterdir()
    (kept / "model.xml").write_text("<net/>")
    for _ in range(2):
        assert store.probe_of(entry).read(model_inputs(1)).gates["SE_1"].shape == (1, 8)
    assert len(count) == 2


def test_no_more_than_so_many_are_kept_those_used_last(loads, monkeypatch):
    entry, count, path, place = loads
    monkeypatch.setattr(store, "MOST", 2)
    for number, text in enumerate((b"1", b"2", b"1", b"3")):
        path.write_bytes(text)
        store.probe_of(entry)
        for folder in place.iterdir():
            if folder == store._folder_of(entry):
                os.utime(folder, (number, number))
    assert len(list(place.iterdir())) == 2
    before = len(count)
    path.write_bytes(b"1")
    store.probe_of(entry)
    assert len(count) == before


def test_where_nothing_can_be_written_it_is_shown_all_the_same(loads, tmp_path, monkeypatch):
    entry, count, _, _ = loads
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(store.PLACE, str(tmp_path / "file" / "networks"))
    assert store.probe_of(entry).blocks
    assert store.probe_of(entry).blocks
    assert len(count) == 2


def test_a_write_that_is_cut_leaves_nothing(loads, monkeypatch):
    from se_viz.probe.stored import folder

    entry, _, _, place = loads

    def cut(*given):
        Path(given[2] / "model.xml").write_text("half")
        raise OSError("no space")

    monkeypatch.setattr(folder, "write", cut)
    assert store.probe_of(entry).blocks
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("error", [RuntimeError, KeyError, MemoryError])
def test_whatever_goes_wrong_with_writing_it_is_shown_all_the_same(loads, monkeypatch, error):
    from se_viz.probe.stored import folder

    def fail(*given):
        raise error("no such kind")

    monkeypatch.setattr(folder, "write", fail)
    assert store.probe_of(loads[0]).blocks


def test_what_openvino_does_not_take_is_made_anew(loads, monkeypatch):
    from se_viz.probe.runtimes.openvino import runtime

    entry, count, _, _ = loads
    store.probe_of(entry)

    def refuse(program):
        raise RuntimeError("no such operation")

    monkeypatch.setattr(runtime, "bound", refuse)
    assert store.probe_of(entry).runtime.title == "TensorFlow"
    assert len(count) == 2


def test_of_a_user_without_a_home_nothing_is_kept(loads, monkeypatch):
    monkeypatch.delenv(store.PLACE)
    monkeypatch.setattr(Path, "expanduser", lambda path: (_ for _ in ()).throw(RuntimeError()))
    assert store.place() is None
    assert store.probe_of(loads[0]).blocks


def test_an_empty_variable_names_no_folder(monkeypatch):
    monkeypatch.delenv(store.PLACE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    assert store.place() == Path("~/.cache/se-viz/networks").expanduser()


def test_a_folder_that_is_not_ours_is_not_read(loads):
    entry, count, _, place = loads
    store.probe_of(entry)
    (kept,) = place.iterdir()
    kept.chmod(0o777)
    assert store.probe_of(entry).network.model is not None
    assert len(count) == 2
