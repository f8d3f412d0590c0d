"""From a run's folder to the files that ship: weights, class profile and provenance."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from se_viz import files, profiles
from se_viz.experiments.predict import predict_model_inputs
from se_viz.experiments.profile import profile_of
from se_viz.nets import builtin, builtin_family, weights, zoo
from se_viz.nets.se_resnet import build
from se_viz.probe.check import self_check
from se_viz.probe.probe import Probe
from se_viz.probe.reading import Reading
from se_viz.profiles import Profile
from se_viz.training.app_assets import openvino
from se_viz.training.data import Split
from se_viz.training.evaluate import Result, evaluate
from se_viz.training.provenance import measured_record

LARGEST = 16 * 1024 * 1024
CHECKED = 64


def ship(run: Path, val: Split, assets: Path = builtin.ASSETS) -> Result:
    """Write a run's weights in half precision, measure them as written, and record it all.

    The class profile is of every picture of `val`. What shipped before is replaced when all of it
    is made.

    Raises:
        ValueError: where the run has no weights yet, or they do not fit; or OpenVINO does not run
            the network.
        OSError: where the files cannot be written.
    """
    record = _record(run)
    model = build.build(builtin.CONFIG)
    weights.apply(model, weights.read(run / "weights.safetensors"))
    assets.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".ship-", dir=assets) as folder:
        weights.write(model, _weights(folder), np.float16, {"architecture": builtin.TITLE})
        result = _measure(Path(folder), record, val)
        for made in sorted(Path(folder).iterdir()):
            os.replace(made, assets / made.name)
    openvino.write(assets / builtin.OPENVINO.name, _weights(assets))
    return result


def _weights(folder: str | Path) -> Path:
    return Path(folder) / "weights.safetensors"


def _measure(folder: Path, training: dict, val: Split) -> Result:
    """Put record and class profile beside weights that were written."""
    path = _weights(folder)
    if path.stat().st_size > LARGEST:
        raise ValueError(f"The weights take {path.stat().st_size:,} bytes, over 16 MB.")
    network = builtin_family.network_of_builtin(path)
    model = builtin.load(path)
    result, probe = evaluate(model, val, builtin.CLASSES), Probe(network)
    check = self_check(probe, val.pictures[:: max(1, len(val.pictures) // CHECKED)])
    made = {
        "network": builtin.TITLE,
        "parameters": int(model.count_params()),
        "preprocessing": builtin.PREPROCESSING.as_dict(),
        "weights_sha256": network.fingerprint,
        "weights_precision": "float16, cast to float32 when loaded",
        "training": training,
        "measured": measured_record(result, builtin.PREPROCESSING.size, val.files),
        "self_check": {"pictures": check.pictures, "largest_difference": check.largest},
    }
    files.write_json(folder / "provenance.json", made)
    profile = profile_of(probe, read(probe, val), builtin.SPLIT, builtin.CLASSES)
    profiles.save(profile, folder / "profile.npz")
    return result


def profile_split(network: str, val: Split) -> Profile:
    """The class profile of a split through one of the built-in networks, by name."""
    probe = Probe(zoo.load(network))
    return profile_of(probe, read(probe, val), builtin.SPLIT, builtin.CLASSES)


def read(probe: Probe, split: Split) -> Iterator[Reading]:
    """What the probe reads of a whole split under its true classes, a few pictures at a time."""
    labels = [builtin.CLASSES[label] for label in split.labels]
    return predict_model_inputs(probe, split.pictures, split.names, labels)


def _record(run: Path) -> dict:
    path = run / "provenance.json"
    if not path.exists() or not _weights(run).exists():
        raise ValueError(f"{run} holds no measured weights yet.")
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is damaged, or no record of a run.") from error
