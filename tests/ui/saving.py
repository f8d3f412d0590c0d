"""What people would save: the functions behind the download buttons, by file name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import streamlit as st

Files = dict[str, Callable[[], bytes]]


@contextmanager
def saving() -> Iterator[Files]:
    """Collects what the pages drawn in this block offer, the last of each name."""
    files: Files = {}
    button = st.download_button

    def noting(label, data, file_name, **options):
        files[file_name] = data
        return button(label, data, file_name, **options)

    with patch.object(st, "download_button", noting):
        yield files


def manifest(files: Files, name: str) -> dict:
    return json.loads(files[f"{name}.json"]())


def query_of(address: str) -> tuple[str, dict[str, list[str]]]:
    """Page and query of an address in a manifest."""
    parts = urlsplit(address)
    return parts.path.strip("/"), parse_qs(parts.query, keep_blank_values=True)
