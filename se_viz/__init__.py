"""SE-Viz: see and handle the adaptive recalibration of Squeeze-and-Excitation networks."""
