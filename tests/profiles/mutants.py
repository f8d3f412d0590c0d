"""Files of profiles with one thing in them that cannot be."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable

import numpy as np

from se_viz.profiles import Profile, as_npz

Parts = tuple[dict, dict[str, np.ndarray]]


def parts(profile: Profile) -> Parts:
    """The record and the arrays of its file."""
    with np.load(io.BytesIO(as_npz(profile))) as file:
        arrays = {name: file[name].copy() for name in file.files}
    return json.loads(str(arrays.pop("record"))), arrays


def packed(record: object, arrays: dict[str, np.ndarray], told: bool = True) -> bytes:
    """A file of them; the digest is that of its numbers where it is `told`."""
    if told and isinstance(record, dict):
        seen = hashlib.sha256()
        for name, array in sorted(arrays.items()):
            seen.update(name.encode() + np.ascontiguousarray(array).tobytes())
        record = record | {"sha256": seen.hexdigest()}
    file = io.BytesIO()
    np.savez(file, record=np.array(json.dumps(record)), **arrays)
    return file.getvalue()


def number(rng: np.random.Generator, profile: Profile) -> bytes:
    """One impossible number among the statistics."""
    record, arrays = parts(profile)
    field = rng.choice(list(_NUMBERS))
    name = f"{rng.choice(profile.blocks).name}/{field}"
    place = tuple(rng.integers(0, size) for size in arrays[name].shape)
    old = arrays[name][place]
    arrays[name][place] = rng.choice(_NUMBERS[field](old))
    return packed(record, arrays)


_NUMBERS: dict[str, Callable] = {
    "count": lambda old: [-1, -(2**62), 2**60, old + 1, 0],
    "mean": lambda old: [np.nan, np.inf, -np.inf, -0.2, 1.2, 1e300, -1e300],
    "m2": lambda old: [np.nan, np.inf, -np.inf, -0.1, old + 100, 1e300],
    "low": lambda old: [np.nan, np.inf, -np.inf, -0.2, 1.0, old + 0.9],
    "high": lambda old: [np.nan, np.inf, -np.inf, 1.2, 0.0, old - 0.9],
    "histogram": lambda old: [-1, old + 1, -(2**62), 2**62],
}


def kind(rng: np.random.Generator, profile: Profile) -> bytes:
    """An array of another kind or shape, missing, or too many."""
    record, arrays = parts(profile)
    name = rng.choice(list(arrays))
    array = arrays.pop(name)
    change = rng.choice(len(_KINDS))
    arrays |= _KINDS[change](str(name), array)
    return packed(record, arrays, told=False)


_KINDS: list[Callable] = [
    lambda name, array: {},
    lambda name, array: {name: array.astype("U")},
    lambda name, array: {name: array.astype("S")},
    lambda name, array: {name: array.astype(complex)},
    lambda name, array: {name: array.astype(">f8")},
    lambda name, array: {name: array.astype(np.float16)},
    lambda name, array: {name: array.astype("datetime64[s]")},
    lambda name, array: {name: array.astype(np.int64).astype("timedelta64[s]")},
    lambda name, array: {name: array.astype(bool)},
    lambda name, array: {name: array[..., :-1]},
    lambda name, array: {name: array[None]},
    lambda name, array: {name: np.zeros(0)},
    lambda name, array: {name: array, f"{name}x": array},
    lambda name, array: {name: array, "SE_9/mean": array},
]


def fact(rng: np.random.Generator, profile: Profile) -> bytes:
    """Something in the record that no profile says."""
    record, arrays = parts(profile)
    change = _FACTS[rng.choice(len(_FACTS))]
    return packed(change(record, rng), arrays)


_JUNK = (None, True, -1, 1.5, 10**30, "", "x", [], {}, [[]], [1], {"a": {}})


def _junk(rng: np.random.Generator, but: object) -> object:
    found = [each for each in _JUNK if type(each) is not type(but) or not each]
    return found[rng.integers(len(found))]


def _with(record: dict, key: str, rng: np.random.Generator) -> dict:
    return record | {key: _junk(rng, record[key])}


def _block(record: dict, rng: np.random.Generator) -> dict:
    rows = [dict(row) for row in record["blocks"]]
    row = rows[rng.integers(len(rows))]
    key = rng.choice(["name", "stage", "index", "channels", "ratio", "low", "high"])
    wrong = {"ratio": [-1, "2", None], "low": ["0", 2, True], "high": ["1", -1, True]}
    options = wrong.get(key, ["", -1, None, 2.0, 2**40, [], {}, True])
    row[key] = options[rng.integers(len(options))]
    return record | {"blocks": rows}


def _origin(record: dict, rng: np.random.Generator) -> dict:
    origin = dict(record["origin"])
    key = rng.choice(list(origin))
    origin[key] = [None, 3, [], "", True][rng.integers(5)]
    return record | {"origin": origin}


_FACTS: list[Callable] = [
    lambda record, rng: _junk(rng, record),
    lambda record, rng: _with(record, "classes", rng),
    lambda record, rng: _with(record, "blocks", rng),
    lambda record, rng: _with(record, "origin", rng),
    lambda record, rng: record | {"version": (0, 3, "2", None, [])[rng.integers(5)]},
    lambda record, rng: record | {"classes": [record["classes"][0]] * len(record["classes"])},
    lambda record, rng: record | {"classes": [1, *record["classes"][1:]]},
    lambda record, rng: record | {"guessed": {record["classes"][0]: 10**6}},
    lambda record, rng: record | {"guessed": {"nobody": 1}},
    lambda record, rng: record | {"guessed": {record["classes"][0]: True}},
    lambda record, rng: {key: record[key] for key in list(record)[1:]},
    _block,
    _origin,
]


def archive(rng: np.random.Generator, profile: Profile) -> bytes:
    """Another file, or another packing, than a profile's."""
    data = as_npz(profile)
    change = _ARCHIVES[rng.choice(len(_ARCHIVES))]
    return change(data, rng)


def _rezipped(data: bytes, **options) -> bytes:
    old, file = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(file, "w", **options) as packed:
        for name in old.namelist():
            packed.writestr(name, old.read(name))
    return file.getvalue()


def _swapped(data: bytes, rng: np.random.Generator) -> bytes:
    """The header of an array with other words, its sums as they should be."""
    old, file = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    names = old.namelist()
    chosen = names[rng.integers(len(names))]
    header = [b"(" * 50, b"[1" * 40, b"10**10**10", b"\x00\xff", b"'''", b"9" * 60][rng.integers(6)]
    with zipfile.ZipFile(file, "w") as packed:
        for name in names:
            content = old.read(name)
            if name == chosen:
                content = content[:40] + header + content[40 + len(header) :]
            packed.writestr(name, content)
    return file.getvalue()


_ARCHIVES: list[Callable] = [
    lambda data, rng: data[: rng.integers(len(data))],
    lambda data, rng: data[rng.integers(1, len(data)) :][:-1],
    lambda data, rng: rng.bytes(200),
    lambda data, rng: _rezipped(data, compression=zipfile.ZIP_BZIP2),
    lambda data, rng: _rezipped(data, compression=zipfile.ZIP_LZMA),
    _swapped,
]

WAYS = (number, kind, fact, archive)
