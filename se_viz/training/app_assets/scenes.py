"""What the network that ships makes of the rendered scenes that ship."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np

from se_viz import files
from se_viz.pictures import model_input_of
from se_viz.pictures.rendered import COLUMNS, DIGITS, LIGHTS, scenes
from se_viz.probe.probe import Probe


def score(probe: Probe) -> list[tuple]:
    """A row of `COLUMNS` for each scene in each light."""
    shown = [(scene, light) for scene in scenes() for light in LIGHTS]
    preprocessing, output = probe.network.preprocessing, probe.network.output
    sources = (source for scene in scenes() for source in scene.sources())
    model_inputs = (model_input_of(source, preprocessing) for source in sources)
    shares = output.shown(probe.read(np.stack(list(model_inputs))).outputs)
    weights = probe.network.fingerprint[:DIGITS]
    rows = []
    for (scene, light), row in zip(shown, shares, strict=True):
        own = round(float(row[output.classes.index(scene.label)]), 4)
        best = output.classes[int(row.argmax())]
        rows.append((scene.label, scene.view, light, own, best, weights))
    return rows


def write(rows: list[tuple], path: Path) -> None:
    """Rows of `score` as a CSV file. WriteError where it cannot be written."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
    files.write(path, text.getvalue().encode())
