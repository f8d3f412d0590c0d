"""The sweep that ships: made by one command, belongs to the weights, can be made again."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from se_viz.experiments import sweep_record
from se_viz.experiments.plans import sweep_plan
from se_viz.experiments.sweep_tables import sweep_table
from se_viz.nets import builtin
from se_viz.profiles import load
from se_viz.training.__main__ import main
from se_viz.training.data import Split, read_split

PICTURES = 3


@pytest.fixture(scope="module")
def shipped():
    return sweep_record.load(builtin.SWEEP)


@pytest.fixture(scope="module")
def split():
    model_inputs = np.random.default_rng(0).integers(0, 256, (PICTURES, 160, 160, 3), np.uint8)
    return Split(model_inputs, np.arange(PICTURES, dtype=np.int32), ("a", "b", "c"), "drawn")


def test_the_shipped_sweep_belongs_to_the_shipped_weights_and_set(shipped):
    record, profile = builtin.provenance(), load(builtin.PROFILE)
    assert shipped.record["weights_sha256"] == record["weights_sha256"]
    assert shipped.record["pictures"] == len(shipped.truth) == record["measured"]["pictures"]
    assert shipped.blocks == profile.blocks
    assert shipped.plan == sweep_plan(profile.blocks)
    counts = np.bincount(shipped.truth)
    assert dict(zip(shipped.classes, counts, strict=True)) == profile.counts


def test_without_any_intervention_it_has_the_measured_accuracy(shipped):
    measured = builtin.provenance()["measured"]
    top1 = 100 * float(np.mean(shipped.guesses[0] == shipped.truth))
    assert top1 == pytest.approx(measured["top1"], abs=0.06)  # two pictures of 3,925


def test_guesses_are_the_likeliest_classes_where_the_loss_says_so(shipped):
    certain = shipped.losses < np.log(2) - 0.01  # the true class has more than half
    assert np.all((shipped.guesses == shipped.truth)[certain])


def test_a_run_that_was_stopped_goes_on_and_gives_the_same(
    builtin_probe, split, tmp_path, monkeypatch
):
    from se_viz.experiments import resume
    from se_viz.experiments import sweep as sweeping
    from se_viz.probe import intervene
    from se_viz.training.app_assets import sweep

    monkeypatch.setattr(sweeping, "CHUNK", 1)
    monkeypatch.setattr(resume, "SAVED", 2)
    whole = sweep.sweep_split(builtin_probe, split)
    kept = tmp_path / "kept.npz"
    real, calls = intervene.sweep, []

    def stop(*given):
        calls.append(given)
        if len(calls) > 2:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(intervene, "sweep", stop)
    with pytest.raises(KeyboardInterrupt):
        sweep.sweep_split(builtin_probe, split, kept)
    monkeypatch.setattr(intervene, "sweep", real)
    again = sweep.sweep_split(builtin_probe, split, kept)
    np.testing.assert_array_equal(again.guesses, whole.guesses)
    np.testing.assert_array_equal(again.losses, whole.losses)
    assert len(sweep_table(again)) == len(whole.plan)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a stump", b"no sweep"])
def test_what_holds_no_sweep_to_go_on_from_is_named(content, builtin_probe, split, tmp_path):
    from se_viz.training.app_assets.sweep import sweep_split

    (tmp_path / "kept.npz").write_bytes(content)
    with pytest.raises(ValueError, match=r"kept\.npz holds no sweep to go on from"):
        sweep_split(builtin_probe, split, tmp_path / "kept.npz")


def test_it_is_compared_picture_by_picture_and_others_are_refused(builtin_probe, split):
    from se_viz.training.app_assets.sweep import compare, sweep_split

    made = sweep_split(builtin_probe, split)
    assert f"2 pictures under {len(made.plan)} interventions" in compare(
        builtin_probe, split, made, 2
    )
    with pytest.raises(ValueError, match="other pictures"):
        compare(builtin_probe, replace(split, names=("a", "b", "d")), made, 2)
    with pytest.raises(ValueError, match="guesses are the shipped ones"):
        compare(builtin_probe, split, replace(made, guesses=(made.guesses + 1) % 10), 2)


@pytest.mark.skipif("SE_VIZ_DATA" not in os.environ, reason="SE_VIZ_DATA is not set")
def test_real_pictures_give_the_shipped_sweep_again(builtin_probe, shipped):
    from se_viz.training.app_assets.sweep import compare

    data = read_split(Path(os.environ["SE_VIZ_DATA"]), "val", builtin.PREPROCESSING)
    print(compare(builtin_probe, data, shipped, 50))


def test_a_folder_without_pictures_is_a_mistake(tmp_path, capsys):
    assert main(["sweep", "--data", str(tmp_path), "--compare", "3"]) == 2
    assert "is it Imagenette?" in capsys.readouterr().err
