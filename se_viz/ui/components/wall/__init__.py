"""A wall of pictures, one of which is chosen."""

from se_viz.ui.components.wall.component import Card, card_of, show

__all__ = ["Card", "card_of", "show"]
