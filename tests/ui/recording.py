"""What links showed when they were recorded: their pages' numbers and manifests.

`python -m tests.ui.recording` records them anew, which is right only where a page is meant to show
something else than before.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import GATES, QUIET, at_the_door, go, open_app, upload
from tests.ui.saving import Files, query_of, saving

FOLDER = Path(__file__).parent / "recorded"
FILES = {
    "pictures.zip": zip_of(
        {f"{name}/{n}.png": picture(n) for n, name in enumerate(("tench", "church") * 3, 300)}
    )
}
LINKS = {
    "gates": "/?classes=church&classes=tench&blocks=stage+5&order=by+mean+gate&band=true",
    "gates-heatmap": "/?look=Heatmap&channels=50+most+class-specific&columns=1&classes=church",
    "gates-spread": "/?look=Within+one+class&classes=church&classes=gas+pump&within=gas+pump",
    "gates-mine": "/?show=mine&classes=tench&channels=all+channels&blocks=SE_5_3",
    "findings": "/findings",
    "adaptive": "/adaptive?alike=SE_5_1&class+a=church&class+b=tench",
    "channel": "/channel?block=SE_5_3&channel=17",
    "picture": "/picture?block=SE_4_6&look=changed+most",
    "lab-frozen": "/lab?at=stage+3&at=SE_5_3&do=freeze",
    "lab-channels": "/lab?at=SE_4_6&only=0-31%2C+40&do=constant&constant+value=0.25",
    "lab-class": "/lab?at=all&do=class+mean&like=church",
    "lab-shuffled": "/lab?at=stage+4&do=shuffle&seed=7",
    "sweep": "/sweep?sweep+row=stage+5+frozen",
    "network": "/network",
}
OWN = ("gates-mine", "picture", "lab-frozen", "lab-class")
"""Links that are opened with pictures of one's own."""
LEFT_OUT = ("versions", "made_by")


def shown(name: str) -> dict[str, Any]:
    """What a link shows: its tables in short, and its manifests."""
    with saving() as files:
        path, query = query_of(LINKS[name])
        if name in OWN:
            app = upload(open_app(QUIET), FILES)
            files.clear()
            go(app, path or GATES, **query)
        elif path:
            open_app(path, **query)
        else:
            at_the_door(**query)
    return {"link": LINKS[name], "own": name in OWN, **_read(files)}


def _read(files: Files) -> dict[str, Any]:
    tables = {name: _short(files[name]()) for name in sorted(files) if name.endswith(".csv")}
    made = {name: json.loads(files[name]()) for name in sorted(files) if name.endswith(".json")}
    manifests = {
        name: {key: value for key, value in one.items() if key not in LEFT_OUT}
        for name, one in made.items()
    }
    for one in manifests.values():
        if isinstance(one.get("reference"), dict):
            one["reference"].pop("versions", None)
    return {"tables": tables, "manifests": manifests}


def _short(data: bytes) -> dict[str, Any]:
    """A table's shape, its first row of words, and of each column of numbers mean and spread."""
    table = pd.read_csv(io.BytesIO(data))
    numbers = table.select_dtypes("number")
    words = table.select_dtypes(exclude="number").head(1)
    return {
        "columns": list(table.columns),
        "rows": len(table),
        "first": [dict(row) for _, row in words.astype(str).iterrows()],
        "mean": _plain(numbers.mean()),
        "spread": _plain(numbers.std(ddof=0)),
    }


def _plain(values: pd.Series) -> dict[str, float | None]:
    return {name: None if np.isnan(v) else float(f"{v:.6g}") for name, v in values.items()}


def main() -> None:
    """Record every link."""
    for name in LINKS:
        text = json.dumps(shown(name), indent=1, ensure_ascii=False)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(name, len(text))


if __name__ == "__main__":
    main()
