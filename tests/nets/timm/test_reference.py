"""What `reference` does about torchvision, told with a PyTorch that is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MODULES = {
    "torch/__init__.py": "from torch import library\nops = set()\n",
    "torch/library.py": """
class Library:
    def __init__(self, namespace, kind):
        import torch
        if torch.ops:
            raise SystemExit("declared twice")  # PyTorch ends the process
    def define(self, operator):
        import torch
        torch.ops.add(operator.partition("(")[0])
""",
    "timm/__init__.py": "import torchvision\n",
    "timm/data.py": "create_transform = None\n",
}
FITS = "import torch\ntorch.ops.add('nms')\n"
FITS_NOT = """
import torch
if "nms" not in torch.ops:
    raise RuntimeError("operator torchvision::nms does not exist")
"""


@pytest.mark.parametrize(
    ("torchvision", "declared"), [(FITS, False), (FITS_NOT, True)], ids=["there", "not"]
)
def test_torchvisions_operators_are_declared_where_they_are_missing_and_once(
    tmp_path, torchvision, declared
):
    for name, text in {**MODULES, "torchvision/__init__.py": torchvision}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    program = "from tests.nets.timm import reference; print(reference.LIBRARY is not None)"
    path = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]; "
    done = subprocess.run(
        (sys.executable, "-c", path + program), capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == str(declared), done.stderr
