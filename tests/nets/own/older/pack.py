"""Pack what `make.py` wrote: `python pack.py FOLDER`; in FOLDER is one for each version."""

from __future__ import annotations

import io
import json
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).parent
MADE_WITH = {
    "2.2.4-tf": "TensorFlow 1.15.5, Python 3.7",
    "2.3.1": "Keras by itself on TensorFlow 1.15.5, Python 3.7",
    "2.4.0": "TensorFlow 2.3.4, Python 3.8",
    "2.6.0": "TensorFlow 2.6.5, Python 3.8",
    "2.12.0": "TensorFlow 2.12.1, Python 3.11",
    "2.15.0": "TensorFlow 2.15.1, Python 3.11",
    "3.0.5": "TensorFlow 2.21.0, Python 3.11",
    "3.3.3": "TensorFlow 2.21.0, Python 3.11",
    "3.6.0": "TensorFlow 2.21.0, Python 3.11",
    "3.8.0": "TensorFlow 2.21.0, Python 3.11",
    "3.11.3": "TensorFlow 2.21.0, Python 3.11",
}
KEPT = {
    "2.2.4-tf": "plain.h5 around.h5",
    "2.3.1": "plain.h5 slashes.h5 hard.h5 around.h5 row.h5 ends.h5 shared.h5",
    "2.4.0": "functions.h5 tutorial.h5",
    "2.6.0": "scaled.h5 partly.h5 slashes.h5",
    "2.12.0": "tutorial.keras attention.h5",
    "2.15.0": "plain.h5 hard.h5 mixed.h5 branches.h5 functions.h5 shared.h5 around.keras "
    "attention.keras branches.keras ends.keras hard.keras scaled.keras slashes.keras "
    "tutorial.keras",
    "3.0.5": "around.keras plain.h5",
    "3.3.3": "around.keras attention.keras ends.keras scaled.keras tutorial.keras partly.h5",
    "3.6.0": "around.keras scaled.keras",
    "3.8.0": "tutorial.keras around.h5",
    "3.11.3": "around.keras mixed.keras tutorial.h5",
}


def main(folder: Path) -> None:
    kept = [f"{version}/{name}" for version, names in KEPT.items() for name in names.split()]
    with tarfile.open(HERE / "files.tar.xz", "w:xz", preset=9) as archive:
        for name in kept:
            data = (folder / name).read_bytes()
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    results = {name: _result(folder / name) for name in kept}
    record = {"made_by": "make.py", "made_with": MADE_WITH, "results": results}
    text = json.dumps(record, indent=1).replace("\n    ", " ").replace("\n   ]", " ]")
    (HERE / "provenance.json").write_text(text + "\n", encoding="utf-8")


def _result(path: Path) -> list[list[float]]:
    found = json.loads(path.with_name("results.json").read_text(encoding="utf-8"))[path.stem]
    return [[float(f"{number:.9g}") for number in row] for row in found]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
