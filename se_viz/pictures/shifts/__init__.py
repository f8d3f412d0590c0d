"""Pictures whose light changes: shifts of what a network sees, one kind a file.

A shift is a pure function of uint8 model inputs (..., size, size, 3), of its strength and of a
seed. It is made after resizing, on what the network sees. Names and the five strengths are those of
ImageNet-C (Hendrycks and Dietterich, "Benchmarking Neural Network Robustness to Common Corruptions
and Perturbations", ICLR 2019) where it has them; lengths in its pixels, of pictures of 224, are
scaled to the model input.
"""

from se_viz.pictures.shifts.base import Shift
from se_viz.pictures.shifts.catalogue import KINDS, kind_of
from se_viz.pictures.shifts.light import CLEAN, NOTHING, Light

__all__ = ["CLEAN", "KINDS", "NOTHING", "Light", "Shift", "kind_of"]
