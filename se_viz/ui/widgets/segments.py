"""Buttons side by side, of which one is pressed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st


def one_of(
    label: str, options: Iterable[str], key: str, first: str | None = None, **more: Any
) -> str:
    """One of the options; the link holds which.

    Args:
        key: of the widget and in the link.
        first: the one to begin with, by default the first.
        more: for `st.segmented_control`.
    """
    known = list(options)
    usual = known[0] if first is None else first
    found = st.segmented_control(
        label,
        known,
        default=usual,
        required=True,
        key=key,
        bind="query-params",
        **more,
    )
    return str(found or usual)  # an empty text in a link presses none
