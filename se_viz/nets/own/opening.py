"""The one door for people's own networks.

A model file is the most dangerous thing to load: Keras turns it into objects, HDF5 is read by a
large C library, and both have had holes. What is known is closed here, what is not yet known is
not; and a network that opens can still keep the processor busy. Whoever runs the command line
or the app for themselves opens their own files on their own machine. On a server that others use,
their files would run on the operator's machine, so there it is off until the operator turns it on.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from se_viz.nets.described import is_made
from se_viz.nets.network import Network
from se_viz.nets.own.keras_file import read_keras
from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.openvino_file import FORMS, read_openvino
from se_viz.nets.own.ready import Data
from se_viz.nets.own.weights.weights_file import H5, SAFETENSORS, read_weights
from se_viz.nets.pixel_options import PixelOptions
from se_viz.pictures.labels.names import clean

SWITCH, UPLOAD = "SE_VIZ_OWN_MODELS", "upload"
WHOLE = (".keras", ".h5", ".hdf5")
SUFFIXES = (*WHOLE, SAFETENSORS, H5, *FORMS)

_SAVE = "load it with the Keras that saved it, and save it with model.save('file.keras')."
_CODE = "is a pickle, which can run any program when it is opened, so it is not"
_ADVICE = {
    ".pb": f"is a TensorFlow SavedModel, which is not opened; {_SAVE}",
    **dict.fromkeys((".pkl", ".pickle", ".joblib"), f"{_CODE}; {_SAVE}"),
    **dict.fromkeys(
        (".pt", ".pth", ".bin", ".ckpt"),
        f"{_CODE}; PyTorch's weights of an SE-ResNet can be had as .safetensors from the model "
        "list, other networks as .onnx, by torch.onnx.export.",
    ),
}


@dataclass(frozen=True)
class Options:
    """What a file of a network does not say about itself.

    Attributes:
        classes: names of its classes, as `read_classes` reads them; None for ImageNet's names
            where there are a thousand, else numbers.
        wanted: how it wants its pictures; what is left open is as its structure tells, or usual.
        layout: for a file of weights alone, as `layout_of` reads it.
        limits: on what the file may hold and ask for.
        output: what the network gives, one of `output.KINDS`; "" leaves that to its structure.
        result: which of several results to look at; "" for the first with a number for each class.
    """

    classes: tuple[str, ...] | None = None
    wanted: PixelOptions = field(default_factory=PixelOptions)
    layout: str = ""
    limits: FileLimits = field(default_factory=FileLimits)
    output: str = ""
    result: str = ""


def allowed() -> bool:
    """Whether the operator of the app turned people's own model files on: SE_VIZ_OWN_MODELS=1."""
    return os.environ.get(SWITCH, "").strip().lower() in ("1", "true", "yes", "on")


def how_to_allow() -> str:
    """For people who find it off."""
    return (
        "Opening your own network is off: a model file is read by large libraries and could be "
        "made to do harm on the machine that runs this app. If that is your own machine, stop the "
        f"app and start it with `{SWITCH}=1 streamlit run app.py` (PowerShell: "
        f"`$env:{SWITCH}=1; streamlit run app.py`), and open files of people you trust."
    )


def laid_out(folder: str | Path, data: bytes, beside: Mapping[str, bytes]) -> Path:
    """Put a file and those that belong to it into a folder; where the file is."""
    path = Path(folder) / UPLOAD
    path.write_bytes(data)
    for name, more in beside.items():
        if Path(name).name != name or name in ("", ".", "..", UPLOAD):
            raise ValueError(f"{clean(name)} is no name for a file beside another.")
        (Path(folder) / name).write_bytes(more)
    return path


def is_own(name: str | Path) -> bool:
    """Whether a name for `--model` is a file of one's own: a path, or an ending that files have,
    and no layout."""
    text = str(name)
    if is_made(text):
        return False
    return "/" in text or os.sep in text or text.lower().endswith((*SUFFIXES, *_ADVICE))


def open_file(
    data: Data,
    name: str | None = None,
    options: Options | None = None,
    beside: Mapping[str, bytes] | None = None,
) -> Network:
    """The network in a file of Keras, ONNX, TensorFlow Lite or OpenVINO, or an SE-ResNet of ours
    with the weights of a file.

    Args:
        data: the file's bytes (an upload), or its path.
        name: of the file; its path's last part without it.
        options: what the file does not say about itself.
        beside: files that belong to the bytes, by name, such as the weights of one in ONNX; those
            of a path lie beside it.

    Raises:
        ValueError: one sentence that names the file and, where it can be helped, says how.
    """
    if beside and isinstance(data, bytes):
        with TemporaryDirectory(prefix="se-viz-", ignore_cleanup_errors=True) as folder:
            return open_file(laid_out(folder, data, beside), name, options)
    given, path = options or Options(), None if isinstance(data, bytes) else Path(data)
    name = clean(name or (path.name if path else "")) or "The file"
    if path and path.is_dir():
        raise ValueError(f"{name} is a folder, such as a TensorFlow SavedModel; {_SAVE}")
    lower, rest = name.lower(), (given.limits, given.output, given.result)
    if lower.endswith(WHOLE) and not lower.endswith(H5):
        if given.layout.strip():
            raise ValueError(f"{name} describes its network itself: leave out the layout.")
        return read_keras(data, name, given.classes, given.wanted, *rest)
    if lower.endswith(tuple(FORMS)):
        if given.layout.strip():
            raise ValueError(f"{name} describes its network itself: leave out the layout.")
        return read_openvino(data, name, given.classes, given.wanted, *rest)
    if lower.endswith(SUFFIXES):
        return read_weights(data, name, given.layout, given.classes, given.wanted, *rest)
    suffix = os.path.splitext(lower)[1]
    known = ", ".join(SUFFIXES)
    raise ValueError(f"{name} {_ADVICE.get(suffix, f'is no network: files end with {known}.')}")
