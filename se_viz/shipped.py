"""What ships beside the package: the app's script, its settings, and files that it reads."""

from __future__ import annotations

from pathlib import Path

__version__ = "0.1.0"
VERSION = __version__

_PACKAGE = Path(__file__).resolve().parent
_WITHIN = _PACKAGE / "top_level"
TOP = _WITHIN if _WITHIN.exists() else _PACKAGE.parent
"""The top level of the source tree; where the package is installed, its copy within."""
APP = TOP / "app.py"
ASSETS = TOP / "assets"
