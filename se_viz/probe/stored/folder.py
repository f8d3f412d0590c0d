"""A probed network in a folder: facts and graph, the model that OpenVINO runs, and the weights.

`record.json` holds facts and graph, its own SHA-256 and that of each other file: what does not
agree is not read. `model.xml` and `model.bin` are OpenVINO's own form, without the weights; these
are in `weights.safetensors`, unless they ship in another file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file, save

from se_viz import files
from se_viz.nets.network import Network
from se_viz.probe.probe import Probe
from se_viz.probe.runtimes.openvino.program import OpenVINOProgram
from se_viz.probe.stored import graphs
from se_viz.probe.stored.owned import RECORD
from se_viz.probe.stored.plain import Arrays, decoded, encoded

FORMAT = 1
MODEL, CONSTANTS = "model.xml", "model.bin"
WEIGHTS, NUMBERS = "weights.safetensors", "numbers.safetensors"
FACTS = (
    "name",
    "title",
    "preprocessing",
    "classes",
    "fingerprint",
    "grounds",
    "told",
    "output",
    "note",
)


class DamagedError(ValueError):
    """A folder does not hold what was written to it."""


def program_of(probe: Probe) -> OpenVINOProgram | None:
    """The program by which OpenVINO runs a network, None where it does not."""
    runtime = getattr(probe.runtime, "passes", probe.runtime)
    return getattr(runtime, "program", None) if runtime.title == "OpenVINO" else None


def write(probe: Probe, program: OpenVINOProgram, folder: Path, ships: bool = False) -> None:
    """Put a probe's network into a folder that is there.

    Args:
        probe: whose network it is.
        program: of it.
        folder: for the files.
        ships: whether its weights are in a file that ships, under the same names.

    Raises:
        TypeError: where something of its graph has no plain form.
        OSError: where it cannot be written.
    """
    arrays, network = Arrays(program.weights, {}), probe.network
    record: dict[str, Any] = {
        "format": FORMAT,
        "facts": {name: encoded(getattr(network, name), arrays) for name in FACTS},
        "graph": graphs.written(probe.graph, network.preprocessing.size, arrays),
        "weights": list(program.weights),
    }
    (folder / MODEL).write_bytes(program.model)
    (folder / CONSTANTS).write_bytes(program.constants)
    (folder / NUMBERS).write_bytes(save(arrays.added))
    if not ships:
        (folder / WEIGHTS).write_bytes(save(dict(program.weights)))
    record["sha256"] = {file.name: _digest(file.read_bytes()) for file in sorted(folder.iterdir())}
    files.write_json(folder / RECORD, {"record": record, "sha256": _digest_of(record)})


def read(
    folder: Path,
    precision: str = "float32",
    weights: Mapping[str, np.ndarray] | None = None,
) -> Probe:
    """The probe of a network that was put into a folder; loads neither Keras nor TensorFlow.

    Args:
        folder: that was written to.
        precision: see `Probe`.
        weights: those that ship, float32 by name, where they do.

    Raises:
        DamagedError: where it does not hold what was written to it, or OpenVINO does not take it.
    """
    try:
        network, program = _read(folder, weights)
        return Probe(network, precision=precision, settled=program)
    except Exception as error:  # whatever is wrong with it, it is made anew
        raise DamagedError(f"{folder} is damaged.") from error


def _read(folder: Path, ships: Mapping[str, np.ndarray] | None) -> tuple[Network, OpenVINOProgram]:
    written = json.loads((folder / RECORD).read_bytes())
    record = written["record"]
    if written["sha256"] != _digest_of(record) or record["format"] != FORMAT:
        raise ValueError("the record is another one")
    names = {MODEL, CONSTANTS, NUMBERS, *([WEIGHTS] if ships is None else [])}
    if record["sha256"].keys() != names:
        raise ValueError("it holds other files")
    for name, digest in record["sha256"].items():
        if _digest((folder / name).read_bytes()) != digest:
            raise ValueError(f"{name} is another one")
    found = load_file(folder / WEIGHTS) if ships is None else ships
    weights = {name: found[name] for name in record["weights"]}
    arrays = Arrays(weights, load_file(folder / NUMBERS))
    facts = {name: decoded(value, arrays) for name, value in record["facts"].items()}
    graph = graphs.read(record["graph"], arrays)
    model, constants = ((folder / name).read_bytes() for name in (MODEL, CONSTANTS))
    return Network(model=None, **facts), OpenVINOProgram(graph, model, constants, weights)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_of(record: Mapping[str, Any]) -> str:
    return _digest(json.dumps(record, sort_keys=True).encode())
