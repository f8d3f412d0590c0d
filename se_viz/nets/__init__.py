"""Networks with Squeeze-and-Excitation blocks, and their weights."""

from se_viz.compat.keras_settings import prefer_tensorflow

prefer_tensorflow()
