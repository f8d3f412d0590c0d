"""Pictures whose light changes: shifts of what a network sees, one kind a file.

A shift is a pure function of uint8 model inputs (..., size, size, 3), of its strength and of a
seed: it comes after resizing. Names and the five strengths are those of ImageNet-C (Hendrycks and
Dietterich, "Benchmarking Neural Network Robustness to Common Corruptions and Perturbations", ICLR
2019) where it has them; lengths in its pixels, of pictures of 224, are scaled to the model input.
"""

from __future__ import annotations

from se_viz.pictures.shifts import blur, contrast, exposure, noise
from se_viz.pictures.shifts.base import Shift

KINDS: dict[str, Shift] = {
    module.SHIFT.name: module.SHIFT for module in (exposure, contrast, blur, noise)
}

__all__ = ["KINDS", "Shift"]
