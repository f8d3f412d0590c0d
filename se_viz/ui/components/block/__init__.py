"""The living block: one SE block that a browser draws and steers by itself."""

from se_viz.ui.components.block.component import Chosen, chosen, show

__all__ = ["Chosen", "chosen", "show"]
