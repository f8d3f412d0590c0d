"""A file is opened in a process of its own first, where the app opens files of many people.

Libraries in C end the whole process over a number that they did not expect, and a small file can
describe a lot of work. Here that ends, or takes too long, in a process that nobody else uses.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from se_viz.nets.network import Network
from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.opening import Options, laid_out, open_file
from se_viz.nets.pixel_options import PixelOptions
from se_viz.pictures.labels.names import clean

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-m", "se_viz.nets.own.isolation")
SECONDS = 120
REFUSED = 3  # the exit status of a process that refused the file with a sentence

_log = logging.getLogger(__name__)


def open_upload(
    data: bytes,
    name: str,
    options: Options | None = None,
    beside: Mapping[str, bytes] | None = None,
) -> Network:
    """As `open_file`, after the file was opened and run in a process of its own (some seconds).

    Raises:
        ValueError: one sentence that names the file, also where opening it crashes or takes more
            than two minutes.
    """
    options, name = options or Options(), clean(name)
    with TemporaryDirectory(prefix="se-viz-") as folder:
        copy = laid_out(folder, data, beside or {})
        _try({"path": str(copy), "name": name, **_plain(options)}, name, folder)
    return open_file(data, name, options, beside)


def _try(order: dict, name: str, folder: str) -> None:
    """Have the file opened; whatever that leaves behind lies in `folder`."""
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)
    try:
        done = subprocess.run(
            COMMAND,
            input=json.dumps(order),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            cwd=ROOT,
            env={**os.environ, **places, "PYTHONIOENCODING": "utf-8"},
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise ValueError(f"{name} takes more than {SECONDS} seconds to open.") from error
    if done.returncode == REFUSED:
        raise ValueError(done.stdout.strip())
    if done.returncode:
        _log.warning("a model file ended the process that opened it:\n%s", done.stderr[-4000:])
        raise ValueError(f"{name} ends the process that opens it, and is not opened.")


def _plain(options: Options) -> dict:
    """Options as JSON keeps them."""
    return asdict(options)


def _options(order: dict) -> Options:
    names = order["classes"]
    return Options(
        tuple(names) if names else None,
        PixelOptions(**order["wanted"]),
        order["layout"],
        FileLimits(**order["limits"]),
        order["output"],
        order["result"],
    )


def main() -> int:
    """Open the file that standard input tells of; says on standard output why it is refused."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    order = json.load(sys.stdin)
    try:
        open_file(Path(order["path"]), order["name"], _options(order))
    except ValueError as error:
        print(error)
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
