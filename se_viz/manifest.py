"""What a file was made with: enough to make it again.

Plain data without a clock, so that the same work gives the same manifest.
"""

from __future__ import annotations

import io
import json
import platform
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib import metadata
from typing import Any

import numpy as np

from se_viz.shipped import VERSION

NAME = "SE-Viz"
PACKAGES = ("tensorflow", "tensorflow_cpu", "openvino", "keras", "numpy", "pillow")
"""What shapes gates."""
DRAWING = ("pandas", "scipy", "plotly")
"""What shapes tables and figures made of them."""
ARRAY = "manifest"
"""The array of an NPZ file that holds its manifest as JSON text."""
LISTED = 10_000
_DIGEST_BITS = 256


def versions(packages: Sequence[str] = PACKAGES) -> dict[str, str]:
    """Versions of packages, by default of those that shape gates; what is missing is left out."""
    found = {}
    for name in packages:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


@dataclass(frozen=True)
class NetworkIdentity:
    """Which network, and what ran it.

    Attributes:
        name, title: in lists, and for people.
        fingerprint: SHA-256 of its weights in hex.
        runtime, precision: what ran it, and in which precision; "" where nothing did.
    """

    name: str
    title: str
    fingerprint: str
    runtime: str = ""
    precision: str = ""


@dataclass
class Pictures:
    """Which pictures, one after another; the first 10,000 are listed, and all of them counted.

    Attributes:
        count: how many.
        together: the sum of their digests modulo 2**256, the same in any order.
        listed: name, SHA-256 of the file in hex, class, where that comes from, and which page or
            frame of the file it is, from 1, where that has several.
    """

    count: int = 0
    together: int = 0
    listed: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self,
        name: str,
        digest: str,
        label: str,
        class_from: str,
        file: str = "",
        page: int | None = None,
    ) -> None:
        """Count one picture; `digest` in hex tells it from others, and is the SHA-256 of its file
        where no other `file` is given."""
        self.count += 1
        self.together = (self.together + int(digest, 16)) % 2**_DIGEST_BITS
        if len(self.listed) < LISTED:
            facts = {"sha256": file or digest, "class": label, "class_from": class_from}
            self.listed.append({"name": name} | facts | ({"page": page} if page else {}))

    def as_dict(self) -> dict[str, Any]:
        listed = [dict(one) for one in self.listed]
        return {"count": self.count, "sum_of_sha256": f"{self.together:064x}", "listed": listed}


def pictures_of(rows: Iterable[tuple]) -> Pictures:
    """Pictures by what `Pictures.add` takes of each."""
    made = Pictures()
    for row in rows:
        made.add(*row)
    return made


@dataclass(frozen=True)
class Manifest:
    """What a figure or a file was made with.

    Attributes:
        what: its name, without an ending.
        source: where its numbers come from, in words.
        network: which one.
        preprocessing: how its pictures were prepared, as `Preprocessing.as_dict` gives it.
        pictures: which pictures were there.
        reference: what they were held against, as `profiles.reference_of` gives it.
        settings: what was chosen, by name.
        read: how files were read, a sentence for each kind of thing to know.
        grounds: why pixels were prepared so, as `Grounds.as_dict` gives it.
        link: path and query that bring the settings back in the app.
        beside: other networks that were looked through.
        neutralised: how many cells of its CSV have a ' before them, as `csv_of` writes it.
        output: what the network gives, as `Output.as_dict` gives it.
    """

    what: str
    source: str
    network: NetworkIdentity
    preprocessing: Mapping[str, Any]
    pictures: Pictures = field(default_factory=Pictures)
    reference: Mapping[str, Any] | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    link: str | None = None
    beside: tuple[NetworkIdentity, ...] = ()
    read: tuple[str, ...] = ()
    grounds: Mapping[str, str] = field(default_factory=dict)
    output: Mapping[str, Any] = field(default_factory=dict)
    neutralised: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Plain values, with the versions of what is at work here."""
        return {
            "what": self.what,
            "source": self.source,
            "made_by": {"name": NAME, "version": VERSION},
            "network": asdict(self.network),
            "beside": [asdict(other) for other in self.beside],
            "preprocessing": dict(self.preprocessing),
            "preprocessing_because": dict(self.grounds),
            "output": dict(self.output),
            "pictures": self.pictures.as_dict(),
            "reference": None if self.reference is None else dict(self.reference),
            "read": list(self.read),
            "settings": dict(sorted(self.settings.items())),
            "link": self.link,
            "cells_neutralised": self.neutralised,
            "versions": {"python": platform.python_version(), **versions(PACKAGES + DRAWING)},
        }

    def json(self) -> bytes:
        """As a JSON file, UTF-8."""
        return as_json(self.as_dict())


def as_json(values: Mapping[str, Any]) -> bytes:
    """Plain values as a JSON file that people can read, UTF-8.

    What has no UTF-8, such as a file name of other bytes, is escaped as JSON has it (`\\udcff`).
    """
    text = json.dumps(values, indent=1, ensure_ascii=False)
    return text.encode(errors="backslashreplace") + b"\n"


def inside(npz: bytes, manifest: Manifest) -> bytes:
    """An NPZ file with its manifest as one more array, text of one value."""
    buffer, text = io.BytesIO(npz), np.array(manifest.json().decode())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as packed:
        array = io.BytesIO()
        np.lib.format.write_array(array, text, allow_pickle=False)
        packed.writestr(zipfile.ZipInfo(f"{ARRAY}.npy"), array.getvalue(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def of_npz(file: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """The manifest that an opened NPZ file holds.

    Raises:
        KeyError: where it holds none.
    """
    return json.loads(str(file[ARRAY]))
