"""How the built-in network was made: `python -m se_viz.training fit` and `evaluate`."""
