"""A few rendered scenes, looked into block by block by the network that ships."""

from __future__ import annotations

import numpy as np
from tqdm import tqdm  # type: ignore[import-untyped]

from se_viz.analysis.profiles.groups import Group
from se_viz.experiments.block_view.measure import looked_into, mean_moves, picture_view
from se_viz.experiments.block_view.record import BlockRecord
from se_viz.experiments.block_view.scenes import RULE, chosen_scenes
from se_viz.experiments.block_view.views import LIGHTS, MeanMoves, PictureView
from se_viz.experiments.shifts.clean_gates import means_over
from se_viz.experiments.shifts.one_picture import Given
from se_viz.experiments.shifts.partners import other_classes, partner, runner_up
from se_viz.nets import builtin, zoo
from se_viz.pictures import model_input_of
from se_viz.pictures.rendered import NOON, Scene, scenes
from se_viz.probe.probe import Probe
from se_viz.probe.reading import Reading
from se_viz.profiles import load as load_profile
from se_viz.training.data import Split
from se_viz.training.provenance import device, versions

COMMAND = "python -m se_viz.training block --data DIR"
EVERY = 8
"""Of the pictures of which the mean move is measured, every eighth is passed through."""


def look(val: Split) -> BlockRecord:
    """The chosen scenes in every light, and how gates move in every eighth picture of `val`."""
    probe, known = Probe(zoo.load()), scenes()
    model_inputs = np.stack([_model_input(probe, scene) for scene in known])
    reading = probe.read(model_inputs).named(
        [scene.title for scene in known], [scene.label for scene in known]
    )
    with tqdm(total=len(LIGHTS), desc="mean moves", unit="light") as bar:
        moves = mean_moves(
            probe, val.pictures[::EVERY], progress=lambda done, _: bar.update(done - bar.n)
        )
    rows = [known.index(scene) for scene in chosen_scenes()]
    views = [_view(probe, model_inputs[row], reading, row, moves) for row in rows]
    return BlockRecord(probe.blocks, tuple(views), moves, _record(probe, val))


def _model_input(probe: Probe, scene: Scene) -> np.ndarray:
    source = scene.source(NOON)
    return model_input_of(source, probe.network.preprocessing)


def _view(
    probe: Probe, model_input: np.ndarray, reading: Reading, row: int, moves: MeanMoves
) -> PictureView:
    profile = load_profile(builtin.PROFILE)
    group, label = Group("", profile), reading.labels[row]
    names = other_classes(label, reading.labels, None)
    other = partner(reading, row, runner_up(reading.outputs[row], reading.output, names), group)
    own = {name: gates[row] for name, gates in reading.gates.items()}
    given = Given(own, means_over(group.profile), other=other.gates if other else None)
    named = (reading.names[row], label, other.name if other else "")
    view = picture_view(probe, model_input, given, named, moves)
    return looked_into(probe, view, model_input, [block.name for block in probe.blocks])


def _record(probe: Probe, val: Split) -> dict:
    return {
        "command": COMMAND,
        "rule": RULE,
        "light": NOON,
        "weights_sha256": probe.network.fingerprint,
        "preprocessing": probe.network.preprocessing.as_dict(),
        "mean_moves_of": f"every {EVERY}th picture of {builtin.SPLIT}",
        "pictures": len(val.pictures[::EVERY]),
        "device": device(),
        "versions": versions(),
    }
