"""Pictures stream through an experiment: a batch of them is held, however many there are."""

from __future__ import annotations

import weakref
from collections.abc import Iterator

import keras
import numpy as np
import pandas as pd
import pytest

from se_viz import cli
from se_viz.cli import intervene as command
from se_viz.cli import network
from se_viz.experiments import sweep as sweeping
from se_viz.experiments.intervene import on_pictures
from se_viz.experiments.predict import PictureLog, predict
from se_viz.experiments.sweep import once_more
from se_viz.interventions.base import Replacements
from se_viz.interventions.intervention import Intervention
from se_viz.interventions.scale import Scale
from se_viz.interventions.selection import Selection
from se_viz.pictures import Source, gather_paths, load
from se_viz.probe import intervene
from se_viz.probe.probe import Probe
from tests.pictures.picture_files import picture
from tests.probe.networks import dense_fused, model_of, network_of

BATCH, KNOWN, UNKNOWN = 4, 12, 10
COUNT = KNOWN + UNKNOWN


@pytest.fixture(scope="module")
def probe() -> Probe:
    keras.utils.set_random_seed(3)
    return Probe(network_of(model_of(dense_fused)), batch=BATCH)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Pictures of the network's classes in turn, and others of none."""
    made = tmp_path_factory.mktemp("pictures")
    for number in range(COUNT):
        place = made / (f"class {number % 3}" if number < KNOWN else "unknown")
        place.mkdir(exist_ok=True)
        (place / f"{number}.png").write_bytes(picture(number))
    return made


def wanted(probe: Probe) -> Intervention:
    return Intervention(Scale(0.5), Selection.parse(probe.blocks, ["all"]))


def pictures(folder, probe: Probe, log: PictureLog):
    return log.through(load(gather_paths([folder]), probe.network.preprocessing))


class Seen:
    """How many model inputs a pass had, and how many pictures were held at a time."""

    def __init__(self) -> None:
        self.passed: list[int] = []
        self.held, self.most = weakref.WeakSet(), 0

    def passing(self, function):
        def spy(probe, model_inputs, *more):
            self.passed.append(len(model_inputs))
            return function(probe, model_inputs, *more)

        return spy

    def loading(self, *given, **more) -> Iterator:
        for item in load(*given, **more):
            self.held.add(item)
            self.most = max(self.most, len(self.held))
            yield item
            del item


@pytest.fixture
def seen(monkeypatch, probe) -> Seen:
    made = Seen()
    monkeypatch.setattr(network, "probe_of", lambda choice: probe)
    monkeypatch.setattr(Probe, "read", made.passing(Probe.read))
    for name in ("intervene", "sweep"):
        monkeypatch.setattr(intervene, name, made.passing(getattr(intervene, name)))
    for module in (command, sweeping):
        monkeypatch.setattr(module, "load", made.loading)
    return made


def run(out, folder, *more: object) -> pd.DataFrame:
    given = ["intervene", folder, *more, "--out", out]
    assert cli.main([str(part) for part in given]) == 0
    return pd.read_csv(out)


def test_the_command_line_holds_a_batch_of_pictures(seen, folder, tmp_path):
    table = run(tmp_path / "effects.csv", folder, "--do", "scale", "--value", "0.5")
    assert len(table) == COUNT
    assert max(seen.passed) == BATCH
    assert sum(seen.passed) == 2 * COUNT
    assert seen.most <= BATCH + 1


@pytest.mark.parametrize("folders", ["", "unknown"], ids=["classes known", "none known"])
def test_so_it_does_in_a_sweep(folders, seen, folder, tmp_path):
    assert cli.main(["profile", str(folder), "--out", str(tmp_path / "p.npz")]) == 0
    seen.passed.clear()
    more = ("--sweep", "--profile", tmp_path / "p.npz")
    table = run(tmp_path / "effects.csv", folder / folders, *more)
    assert max(seen.passed) == sweeping.CHUNK
    assert sum(seen.passed) == (UNKNOWN if folders else KNOWN)
    assert seen.most <= sweeping.CHUNK + 1
    assert len(table) == (2 * UNKNOWN if folders else 2)


def test_outputs_are_those_of_all_at_once(probe, folder):
    log = PictureLog()
    model_inputs = np.stack([one.model_input for one in pictures(folder, probe, PictureLog())])
    before, after = on_pictures(probe, pictures(folder, probe, log), wanted(probe), Replacements())
    np.testing.assert_array_equal(before, probe.read(model_inputs).outputs)
    edit = wanted(probe).edit()
    np.testing.assert_array_equal(after, intervene.intervene(probe, model_inputs, edit).outputs)
    assert (len(log), log.pictures.count) == (COUNT, COUNT)
    assert log.labels.count("class 0") == 4


def test_pictures_that_are_read_again_are_the_same_or_it_is_said(probe, folder, tmp_path):
    sources, log = list(gather_paths([folder])), PictureLog()
    names = [one.name for one in log.through(load(sources, probe.network.preprocessing))]
    again = once_more(probe, sources, log, [0, COUNT - 1])
    assert [one.name for one in again] == [names[0], names[-1]]
    other = Source(names[1], None, lambda: picture(77))
    for changed in ([sources[0], other, *sources[2:]], sources[:-1], [*sources, other]):
        with pytest.raises(ValueError, match="changed while they were read"):
            list(once_more(probe, changed, log, [0]))


def test_progress_counts_files_and_grows_with_pages(probe, folder):
    told = []
    sources = list(gather_paths([folder]))
    chunks = predict(probe, sources, lambda *done: told.append(done), files=5)
    assert sum(len(chunk.pictures) for chunk in chunks) == COUNT
    assert told[:2] == [(4, 5), (8, 8)]
    assert told[-1] == (COUNT, COUNT)
