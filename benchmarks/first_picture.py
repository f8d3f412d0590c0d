"""`python -m benchmarks first_picture [TREE]`: from a new process to the first picture's curve, and
what memory the process has then; beside another tree of this project, by turns."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT, ROUNDS = Path(__file__).resolve().parents[1], 5
SCRIPT = """
import json, re, sys
from pathlib import Path
sys.path.insert(0, ".")
from tests.ui.driver import figures, open_app, upload

picture = Path("assets/examples/photographs/chelsea.jpg").read_bytes()
app = upload(open_app(), {"chelsea.jpg": picture})
resident = int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
print(json.dumps({
    "figures": len(figures(app)), "mb": resident / 1024, "tensorflow": "tensorflow" in sys.modules,
}))
"""


def main(other: Path | None = None) -> None:
    """Print seconds and memory of this tree, and their ratio to those of another."""
    trees = [ROOT, *filter(None, [other])]
    found: dict[Path, list[dict]] = {tree: [] for tree in trees}
    for _ in range(ROUNDS + 1):
        for tree in trees:
            found[tree].append(_once(tree))
    middles = {}
    for tree, rounds in found.items():
        warm = rounds[1:]
        middles[tree] = [median(each[key] for each in warm) for key in ("seconds", "mb")]
        seconds, memory = middles[tree]
        loaded = "with" if warm[0]["tensorflow"] else "without"
        print(f"{tree.name}: {seconds:.2f} s, {memory:.0f} MB, {loaded} TensorFlow")
    if other:
        ratios = [a / b for a, b in zip(middles[ROOT], middles[other], strict=True)]
        print("beside the other: {:.2f} of the time, {:.2f} of the memory".format(*ratios))


def _once(tree: Path) -> dict:
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=tree, capture_output=True, text=True, check=True
    )
    taken = time.perf_counter() - start
    seen = json.loads(done.stdout.splitlines()[-1])
    if not seen["figures"]:
        raise AssertionError(f"{tree.name} shows no figure.")
    return seen | {"seconds": taken}
