"""The network as a strip of its blocks' gates, of which one block is chosen."""

from se_viz.ui.components.ribbon.component import ribbon_data, show

__all__ = ["ribbon_data", "show"]
