"""Half-precision weights survive their small file bit by bit."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.nets import byte_planes


def test_nothing_is_lost(tmp_path):
    rng = np.random.default_rng(0)
    odd = np.array([0.0, -0.0, 6e-8, 65504, -1 / 3], "float16")
    tensors = {
        "a/kernel": rng.normal(size=(3, 3, 2, 4)).astype("float16"),
        "b/bias": odd,
        "c": np.float16(2),
    }
    tensors["c"] = np.array(2, "float16")
    path = tmp_path / "some.npz"
    path.write_bytes(byte_planes.packed(tensors))
    found = byte_planes.read(path)
    assert list(found) == list(tensors)
    for name, tensor in tensors.items():
        assert found[name].dtype == np.float32
        assert found[name].astype("float16").tobytes() == tensor.tobytes()
        assert found[name].shape == tensor.shape


def test_other_precisions_are_refused():
    with pytest.raises(ValueError, match="a is float32, not float16"):
        byte_planes.packed({"a": np.zeros(2, "float32")})


@pytest.mark.parametrize("data", [None, b"", b"PK\x03\x04"])
def test_what_is_no_such_file_is_told(data, tmp_path):
    path = tmp_path / "some.npz"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ValueError, match="cannot be read as weights"):
        byte_planes.read(path)
