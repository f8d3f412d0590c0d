"""A whole network in Keras's older format, HDF5: `.h5`, or `.keras` by Keras up to 2.12."""

from __future__ import annotations

from pathlib import Path

from se_viz.nets.own.description.loss import losses_of
from se_viz.nets.own.description.versions import Release
from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.refusal import RefusedError
from se_viz.nets.own.saved import Saved
from se_viz.nets.own.weights import hdf5

CONFIG, TRAINING, VERSION = "model_config", "training_config", "keras_version"
ALONE = (
    "holds weights alone, without the description of their network; save the network whole: "
    "model.save('file.keras')."
)


def is_whole(path: Path) -> bool:
    """Whether an HDF5 file that was checked holds the description of a network."""
    import h5py

    with h5py.File(path, "r") as file:
        return CONFIG in file.attrs


def unpack(path: Path, limits: FileLimits) -> Saved:
    """What an HDF5 file that was checked holds beside its weights.

    Raises:
        RefusedError: where it does not describe a network, or is of no Keras that is known.
    """
    import h5py

    with h5py.File(path, "r") as file:
        text = hdf5.text(file, CONFIG, limits.config_bytes)
        if text is None:
            raise RefusedError(ALONE)
        version = hdf5.text(file, VERSION, limits.config_bytes) or b""
        training = hdf5.text(file, TRAINING, limits.config_bytes)
    release = Release.read(version.decode("utf-8", "replace"))
    return Saved(release, text, losses_of(text, training), legacy=True)
