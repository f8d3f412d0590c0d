"""The bar and the keys of a lesson that is given."""

from se_viz.ui.components.presenter.component import show

__all__ = ["show"]
