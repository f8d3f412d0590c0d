"""SE-Viz: see and handle the adaptive recalibration of Squeeze-and-Excitation networks.

```python
import se_viz

probe = se_viz.Probe(se_viz.load())  # the built-in network, or a name of the list, or a file
seen = se_viz.read(probe, "photos")  # folders name the classes
seen.gates["SE_4_6"]  # float32 (N, 512), each in [0, 1]
means = se_viz.profile(probe, seen)
se_viz.figure("gates-by-class", means).show()

from se_viz.interventions import Bypass
after = se_viz.intervene(probe, "photos", do=Bypass(), at="stage 5")
after.outputs - seen.outputs  # float32 (N, 10)
```
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_PUBLIC = {
    **dict.fromkeys(
        ("load", "read", "profile", "intervene", "sweep", "check", "figure"), "se_viz.api"
    ),
    "Probe": "se_viz.probe.probe",
    "Profile": "se_viz.profiles",
    "__version__": "se_viz.shipped",
}
"""Public names, and where they stand: nothing is loaded before it is asked for."""
__all__ = sorted(_PUBLIC)


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return __all__
