"""`python -m benchmarks`: measure everything and print one table."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

from benchmarks import analysis, first_picture, interventions, memory, page, passes, shifts
from benchmarks.table import Row, describe


def main() -> int:
    """Print the table; 1 where a promise is not kept. With `rivals`, what others take beside us;
    with `first_picture TREE`, the first picture beside that of another tree of this project."""
    what, *more = sys.argv[1:] or [""]
    if what == "rivals":
        from benchmarks import rivals

        rivals.main(*map(float, more))
        return 0
    if what == "first_picture":
        first_picture.main(*map(Path, more))
        return 0
    rows: list[Row] = []
    for measure in (page.first_figure, page.change_of_class, passes.probe_against_bare):
        rows += _noted(measure)
    rows += _noted(page.pages_and_steps)
    rows += _noted(analysis.figures)
    rows += _noted(interventions.one_picture)
    rows += _noted(interventions.sweep_of_all_blocks)
    rows += _noted(shifts.one_step)
    rows += _noted(shifts.over_pictures)
    rows += _noted(passes.files_to_gates)
    rows += _noted(memory.growth)
    rows += _noted(memory.networks)
    print(describe(rows))
    return 0 if all(row.kept for row in rows) else 1


def _noted(measure) -> list[Row]:
    print(f"measuring: {measure.__doc__.splitlines()[0]}", file=sys.stderr)
    return measure()


if __name__ == "__main__":
    sys.exit(main())
