"""What interventions on whole stages cost, drawn with its numbers."""

from __future__ import annotations

import pytest

from se_viz.experiments import sweep_record
from se_viz.experiments.sweep_tables import sweep_table
from se_viz.figures.interventions.effects import sweep_by_part
from se_viz.nets import builtin


def test_each_mark_has_its_points_of_accuracy_beside_it():
    table = sweep_table(sweep_record.load(builtin.SWEEP))
    for trace in sweep_by_part(table).data:
        rows = table[(table["depth"] == 0) & (table["how"] == trace.legendgroup)]
        said = [float(text.replace("−", "-")) for text in trace.text]
        assert said == pytest.approx(list(100 * rows["change"]), abs=0.06)
