"""What Keras is set to by others changes no number, or is said."""

from __future__ import annotations

import json
import os
import sys

import numpy as np
import pytest

from se_viz import cli
from se_viz.compat import keras_settings
from se_viz.compat.keras_settings import any_backend, prefer_tensorflow, require_tensorflow, settle
from tests.pictures.picture_files import picture
from tests.training.test_other_backends import run

ODD = {"floatx": "float16", "epsilon": 0.5, "image_data_format": "channels_first"}
FIRST = """
import sys
from se_viz import cli
assert cli.main(["gates", "photo.png", "--model", "untrained", "--out", "odd.npz"]) == 0
import keras
print(keras.config.floatx(), keras.config.image_data_format(), keras.config.epsilon())
"""
SECOND = """
import keras
keras.config.set_dtype_policy("mixed_float16")
from se_viz import cli
assert cli.main(["gates", "photo.png", "--model", "untrained", "--out", "odd.npz"]) == 0
from se_viz.compat.keras_settings import settle
print(keras.config.floatx(), keras.config.image_data_format(), keras.config.dtype_policy().name)
settle()
"""


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> dict[str, np.ndarray]:
    """Gates under Keras's own settings."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "photo.png").write_bytes(picture(1))
    given = ["gates", str(folder / "photo.png"), "--model", "untrained"]
    assert cli.main([*given, "--out", str(folder / "gates.npz")]) == 0
    return numbers(folder / "gates.npz")


def numbers(path) -> dict[str, np.ndarray]:
    with np.load(path) as file:
        return {name: file[name] for name in file if file[name].dtype == np.float32}


@pytest.mark.parametrize(
    ("script", "kept", "settings", "printed"),
    [
        (FIRST, ODD | {"backend": "torch"}, {"KERAS_BACKEND": "x"}, "float32 channels_last 1e-07"),
        pytest.param(
            *(SECOND, ODD, {}, "float16 channels_first mixed_float16"), marks=pytest.mark.long
        ),
    ],
    ids=["ours first", "another program first"],
)
def test_settings_of_others_change_no_gate(script, kept, settings, printed, expected, tmp_path):
    (tmp_path / "keras.json").write_text(json.dumps(kept))
    (tmp_path / "photo.png").write_bytes(picture(1))
    done = run(script, tmp_path, **settings)
    assert done.stdout.splitlines()[-1:] == [printed], done.stderr
    found = numbers(tmp_path / "odd.npz")
    assert list(found) == list(expected)
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values, atol=1e-5, err_msg=name)
    said = f"Keras is set to image_data_format channels_first ({tmp_path}/keras.json says so)"
    assert (said in done.stderr) == (script == SECOND)


@pytest.fixture
def clean(monkeypatch, tmp_path):
    """As before Keras is loaded, with settings of nobody."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    monkeypatch.setattr(keras_settings, "_is_loaded", lambda: False)
    monkeypatch.setattr(keras_settings, "_free", False)
    return tmp_path


def backend_after(call, monkeypatch, *installed: str, given: str = "") -> str | None:
    monkeypatch.setattr(keras_settings, "_is_installed", lambda name: name in installed)
    monkeypatch.setenv("KERAS_BACKEND", given)
    if not given:
        monkeypatch.delenv("KERAS_BACKEND")
    call()
    return os.environ.get("KERAS_BACKEND")


def test_probes_get_tensorflow_and_training_what_people_set(clean, monkeypatch):
    everything = ("tensorflow", "jax", "torch")
    for given in ("", "jax", "torch"):
        after = backend_after(prefer_tensorflow, monkeypatch, *everything, given=given)
        assert after == "tensorflow"
    assert backend_after(prefer_tensorflow, monkeypatch, "jax") == "jax"
    assert backend_after(any_backend, monkeypatch, *everything) is None
    assert backend_after(any_backend, monkeypatch, *everything, given="jax") == "jax"
    assert backend_after(any_backend, monkeypatch, "torch") == "torch"
    assert backend_after(any_backend, monkeypatch, "torch", "jax") == "jax"
    assert backend_after(any_backend, monkeypatch, "jax", given="torch") == "torch"
    assert backend_after(prefer_tensorflow, monkeypatch, *everything, given="jax") == "jax"
    assert backend_after(require_tensorflow, monkeypatch, *everything) == "tensorflow"


def test_what_the_file_says_is_asked(clean, monkeypatch):
    (clean / "keras.json").write_text('{"backend": "jax"}')
    assert backend_after(any_backend, monkeypatch, "jax", "torch") is None
    for broken in ("no json", "[]", '"jax"'):
        (clean / "keras.json").write_text(broken)
        assert backend_after(any_backend, monkeypatch, "torch") == "torch"


def test_without_tensorflow_probes_say_what_to_do(clean, monkeypatch):
    monkeypatch.setattr(keras_settings, "_is_installed", lambda name: False)
    with pytest.raises(ValueError, match=r"not installed here: pip install tensorflow\.$"):
        require_tensorflow()


@pytest.mark.parametrize(
    ("variable", "kept", "source"),
    [
        ("jax", {}, "KERAS_BACKEND says so"),
        ("", {"backend": "jax"}, "keras.json says so"),
        ("", {}, "another program set it"),
        ("torch", {"backend": "torch"}, "another program set it"),
    ],
)
def test_another_backend_is_named_with_who_set_it(variable, kept, source, tmp_path, monkeypatch):
    keras = pytest.importorskip("keras")
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setenv("KERAS_BACKEND", variable)
    (tmp_path / "keras.json").write_text(json.dumps(kept))
    with pytest.raises(ValueError, match=rf"loaded on jax \(.*{source}\).*start again with"):
        require_tensorflow()


def test_keras_that_cannot_be_loaded_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", None)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setenv("KERAS_BACKEND", "theano")
    with pytest.raises(ValueError, match=r"its backend theano \(KERAS_BACKEND says so\): "):
        settle()
