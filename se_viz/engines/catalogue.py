"""All engines: a new one is one line here."""

from __future__ import annotations

from se_viz.engines import local
from se_viz.engines.base import Engine

LOCAL = "local"
ENGINES: dict[str, Engine] = {
    LOCAL: local,
}


def engine(name: str = LOCAL) -> Engine:
    """An engine by its name."""
    return ENGINES[name]
