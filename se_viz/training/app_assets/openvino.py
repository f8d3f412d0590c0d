"""The built-in network written down for OpenVINO, so that it runs without TensorFlow from the first
start."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from se_viz.nets import builtin, builtin_family
from se_viz.probe.probe import Probe
from se_viz.probe.stored import folder


def write(target: Path = builtin.OPENVINO, weights: Path = builtin.WEIGHTS) -> None:
    """Write graph, facts and model; the weights are those that ship.

    Raises:
        ValueError: where OpenVINO does not run it.
    """
    probe = Probe(builtin_family.network_of_builtin(weights))
    program = folder.program_of(probe)
    if program is None:
        raise ValueError("OpenVINO does not run the built-in network here.")
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".openvino-", dir=target.parent) as place:
        folder.write(probe, program, Path(place), ships=True)
        for made in Path(place).iterdir():
            os.replace(made, target / made.name)
