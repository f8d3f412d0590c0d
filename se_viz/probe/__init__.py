"""Find the SE blocks of a network by structure, and read them in one forward pass."""

from se_viz.compat.keras_settings import prefer_tensorflow

prefer_tensorflow()
