"""Probes by the file of a network's weights: from what ships, from what was kept, or made anew."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from tempfile import mkdtemp

from se_viz.compat.keras_settings import require_tensorflow
from se_viz.nets import builtin, weights
from se_viz.nets.entry import Entry, Progress
from se_viz.probe.probe import Probe
from se_viz.probe.stored import owned

PLACE = "SE_VIZ_CACHE"
"""Of the environment: the folder for networks that are kept; by default one of the user's."""
MOST, MOST_BYTES = 12, 2 * 1024**3
"""Networks that are kept, and what they may take: those used last stay."""
SOURCE = Path(__file__).parents[2]
_log = logging.getLogger(__name__)


def probe_of(entry: Entry, progress: Progress | None = None, precision: str = "float32") -> Probe:
    """A network of the list with its probe. Where its weights were looked through before, or ship,
    neither Keras nor TensorFlow is loaded.

    Args:
        entry: of the network.
        progress: is told how much of its weights has been fetched.
        precision: see `Probe`.

    Raises:
        ValueError: where it cannot be fetched, read or run; a sentence for people.
    """
    folder = _folder_of(entry)
    found = _kept(entry, folder, precision)
    if found is not None:
        return found
    require_tensorflow()
    probe = Probe(entry.load(progress), precision=precision)
    folder = _folder_of(entry)
    if folder is not None and entry.name != builtin.NAME:
        _keep(probe, folder)
    return probe


def _folder_of(entry: Entry) -> Path | None:
    """Where it is kept, by its weights and by what it is run with; None where they are not here, or
    nothing is kept."""
    if entry.name == builtin.NAME:
        return builtin.OPENVINO
    path, where = entry.path(), place()
    if path is None or where is None:
        return None
    told = [
        entry.name,
        weights.fingerprint(path),
        _code(),
        _version_of("openvino"),
        _version_of("keras"),
    ]
    return where / hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@cache
def _code() -> str:
    """SHA-256 of what opens and reads networks: once that is changed, it may do so otherwise."""
    rooms = (SOURCE / room for room in ("nets", "pictures", "probe"))
    files = sorted(file for room in rooms for file in room.rglob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _version_of(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def place() -> Path | None:
    """The folder of all that is kept; None for a user without a home."""
    home = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    try:
        return Path(os.environ.get(PLACE) or Path(home) / "se-viz" / "networks").expanduser()
    except RuntimeError:
        return None


def _kept(entry: Entry, folder: Path | None, precision: str) -> Probe | None:
    """The probe that a folder holds, None where it holds none; what is damaged is thrown away."""
    ships = entry.name == builtin.NAME
    if folder is None or not (ships or owned.is_safe(folder, MOST_BYTES)) or not _has_openvino():
        return None
    from se_viz.probe.stored import folder as files

    try:
        probe = files.read(folder, precision, weights.read(builtin.WEIGHTS) if ships else None)
    except files.DamagedError:
        _log.warning("%s is made anew", folder, exc_info=True)
        if not ships:
            shutil.rmtree(folder, ignore_errors=True)
        return None
    if ships:
        same = probe.network.fingerprint == weights.fingerprint(builtin.WEIGHTS)
        return probe if same else None
    with suppress(OSError):
        os.utime(folder)
    return probe


def _has_openvino() -> bool:
    try:
        import se_viz.compat.openvino  # noqa: F401
    except ImportError:
        return False
    return True


def _keep(probe: Probe, folder: Path) -> None:
    """Put a probe's network into a folder, whole or not at all, where OpenVINO runs it."""
    from se_viz.probe.stored import folder as files

    program = files.program_of(probe)
    if program is None:
        return
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = Path(mkdtemp(prefix=owned.PART, dir=folder.parent))
        try:
            files.write(probe, program, part)
            part.rename(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except Exception:  # of whatever kind: it is shown all the same
        _log.warning("%s is not kept", probe.network.title, exc_info=True)
    else:
        owned.make_room(folder.parent, MOST, MOST_BYTES)
