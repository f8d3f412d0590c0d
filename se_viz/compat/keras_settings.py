"""What Keras is set to: its backend, data format and precision change numbers, or break everything.

They come from `KERAS_BACKEND` and `~/.keras/keras.json`, which other programs share. Where this
package is the first to load Keras, it sets what it relies on; else it says what is in the way.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

BACKEND = "KERAS_BACKEND"
TENSORFLOW = "tensorflow"
OTHERS = ("jax", "torch")
WANTED = {"image_data_format": "channels_last", "floatx": "float32", "epsilon": 1e-7}
"""Keras's own defaults, under which networks are built and saved nearly everywhere."""

_FIRST = "keras" not in sys.modules
_free = False


def prefer_tensorflow() -> None:
    """Have Keras load TensorFlow, which probes need, where it is installed and nothing is loaded
    yet; what trains leaves that to people (`any_backend`)."""
    if not _free and not _is_loaded() and _is_installed(TENSORFLOW):
        os.environ[BACKEND] = TENSORFLOW
    _avoid_what_is_missing()


def any_backend() -> None:
    """Have Keras load what people set, else TensorFlow, else what is installed."""
    global _free
    _free = True
    _avoid_what_is_missing()


def _avoid_what_is_missing() -> None:
    """Where nobody chose a backend, Keras takes TensorFlow, installed or not."""
    if not _is_loaded() and BACKEND not in os.environ and not _is_installed(_backend()):
        os.environ[BACKEND] = next(filter(_is_installed, OTHERS), TENSORFLOW)


def require_tensorflow() -> None:
    """Raises ValueError where Keras cannot have TensorFlow under it, a sentence for people."""
    if not _is_installed(TENSORFLOW):
        raise ValueError(
            "SE-Viz reads gates with TensorFlow, which is not installed here: pip install "
            f"{TENSORFLOW}."
        )
    if not _is_loaded():
        os.environ[BACKEND] = TENSORFLOW
        return
    import keras

    backend = keras.backend.backend()
    if backend != TENSORFLOW:
        raise ValueError(
            f"Keras was loaded on {backend} ({_source('backend', backend)}), and SE-Viz reads "
            f"gates with TensorFlow: start again with {BACKEND}={TENSORFLOW}."
        )


def load() -> Any:
    """Keras, with `WANTED` set where no other program loaded it first.

    Raises:
        ValueError: where it cannot be loaded; a sentence for people.
    """
    keras = _imported()
    if _FIRST:
        for name, value in WANTED.items():
            getattr(keras.config, f"set_{name}")(value)
    return keras


def settle() -> None:
    """Load Keras and make sure of `WANTED`, for networks that do not name these themselves.

    Raises:
        ValueError: where it cannot be loaded, or another program loaded it first and something
            else is set; a sentence for people.
    """
    keras = load()
    for name, value in WANTED.items():
        found = getattr(keras.config, name)()
        if found != value:
            raise ValueError(
                f"Keras is set to {name} {found} ({_source(name, found)}), which changes what "
                f"networks compute: SE-Viz needs {value}."
            )


@contextmanager
def precision(policy: str) -> Iterator[None]:
    """Within the block, layers that this thread makes have this precision, whatever is set."""
    import keras

    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def _imported() -> Any:
    try:
        import keras
    except ImportError as error:
        backend = _backend()
        raise ValueError(
            f"Keras cannot load its backend {backend} ({_source('backend', backend)}): {error}."
        ) from error
    except (OSError, ValueError) as error:
        raise ValueError(f"Keras cannot be loaded with {_file()}: {error}") from error
    return keras


def _is_loaded() -> bool:
    return "keras" in sys.modules


def _is_installed(name: str) -> bool:
    try:
        return name in sys.modules or find_spec(name) is not None
    except ImportError:
        return False


def _backend() -> str:
    """What Keras would load now."""
    return os.environ.get(BACKEND) or _kept().get("backend", TENSORFLOW)


def _source(name: str, value: object) -> str:
    """Who set something."""
    if name == "backend" and os.environ.get(BACKEND) == value:
        return f"{BACKEND} says so"
    return f"{_file()} says so" if _kept().get(name) == value else "another program set it"


def _file() -> Path:
    return Path(os.environ.get("KERAS_HOME") or "~/.keras").expanduser() / "keras.json"


def _kept() -> dict[str, Any]:
    """What the file says, nothing where it cannot be read."""
    try:
        kept = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
