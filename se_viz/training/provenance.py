"""What made a file of weights, as a record that ships beside it."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import keras

from se_viz import manifest
from se_viz.training.evaluate import Result
from se_viz.training.recipe import Recipe

PACKAGES = (
    "keras",
    "tensorflow",
    "tensorflow_cpu",
    "jax",
    "torch",
    "numpy",
    "pillow",
    "safetensors",
)


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that shape the numbers, and Keras's backend."""
    found = {"python": platform.python_version(), "keras_backend": keras.backend.backend()}
    return found | manifest.versions(PACKAGES)


def device() -> str:
    """The processor or accelerator in words, such as `AMD EPYC, 2 cores`."""
    if keras.backend.backend() == "jax":
        import jax

        kind = jax.devices()[0].device_kind
        if kind != "cpu":
            return f"one {kind}"
    return f"{_processor()}, {os.cpu_count()} cores"


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def training_record(recipe: Recipe, options: list[str], history: list[dict], count: int) -> dict:
    """How the weights came about; `options` are the command's beyond the folders."""
    return {
        "command": " ".join(["python -m se_viz.training fit --data DIR --out DIR", *options]),
        "seed": recipe.seed,
        "recipe": recipe.as_dict(),
        "epochs_done": len(history),
        "epochs_planned": recipe.epochs,
        "training_pictures": count,
        "training_seconds": round(sum(entry["seconds"] for entry in history)),
        "device": device(),
        "versions": versions(),
        "curve": history,
    }


def measured_record(result: Result, size: int, files: str) -> dict:
    """How good the weights are, and what it was measured with; `files` is `Split.files`."""
    return {
        "split": "val",
        "pictures": result.count,
        "files": files,
        "view": f"one centre crop each, {size} px",
        "top1": round(result.top1, 3),
        "per_class": {name: round(share, 3) for name, share in result.per_class.items()},
        "classes": list(result.classes),
        "confusion": result.confusion.tolist(),
        "device": device(),
        "versions": versions(),
    }
