"""The browser's history."""

from se_viz.ui.components.visits.component import STYLE, keep

__all__ = ["STYLE", "keep"]
