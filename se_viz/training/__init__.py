"""How the built-in network was made: `python -m se_viz.training fit` and `evaluate`."""

from se_viz.compat.keras_settings import any_backend

any_backend()
