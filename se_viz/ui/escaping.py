"""Other people's words among ours: names of files, folders and classes, and what links hold."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`\[\]<>~$]|(?<!\w)_|_(?!\w)|:(?=\S)|(?<=www)\.)")


def sentence(text: str) -> str:
    """A sentence of ours with such words in it, as Markdown: bold stays, and nothing else counts,
    no links, pictures, formulas or badges."""
    return _MARKUP.sub(r"\\\1", text)


def cut(text: str, length: int) -> str:
    """Text of so many letters at most; the middle goes, as names differ at their ends."""
    half = (length - 1) // 2
    return text if len(text) <= length else f"{text[:half]}…{text[-half:]}"


def plain(text: str) -> str:
    """Text as it reads, as Markdown."""
    return sentence(" ".join(text.split())).replace("*", r"\*")
