"""The words of a paragraph, and the links among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from se_viz.lessons.errors import LessonError

REFUSED = {"html_inline": "raw HTML", "image": "a picture"}
MARKS = {"strong_open": "**", "strong_close": "**", "em_open": "*", "em_close": "*"}
BREAKS = ("softbreak", "hardbreak")


@dataclass(frozen=True)
class Link:
    """Where a link leads, as it was written, and its line."""

    address: str
    line: int


@dataclass(frozen=True)
class Inline:
    """Words as Markdown of which bold and italics count alone; `bare` without what links say."""

    words: str
    bare: str
    links: tuple[Link, ...]


def reader() -> MarkdownIt:
    """Reads CommonMark; HTML and all links are seen, so that they can be refused."""
    markdown = MarkdownIt("commonmark", {"html": True})
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return markdown


def inline_of(token: Token, line: int) -> Inline:
    """A paragraph's inside, which begins in this line.

    Raises:
        LessonError: where it holds HTML or a picture.
    """
    pieces = list(_pieces(token, line))
    words = " ".join("".join(text for text, _ in pieces).split())
    bare = " ".join("".join(text for text, linked in pieces if not linked).split())
    return Inline(words, bare, tuple(_links(token, line)))


def _pieces(token: Token, line: int) -> Iterator[tuple[str, bool]]:
    """Text, and whether a link says it."""
    linked = False
    for child, here in _children(token, line):
        if child.type in REFUSED:
            raise LessonError(here, f"{REFUSED[child.type]} is not taken in a lesson.")
        linked = child.type == "link_open" or (linked and child.type != "link_close")
        yield MARKS.get(child.type, " " if child.type in BREAKS else child.content), linked


def _links(token: Token, line: int) -> Iterator[Link]:
    for child, here in _children(token, line):
        if child.type == "link_open":
            yield Link(str(child.attrs["href"]), here)


def _children(token: Token, line: int) -> Iterator[tuple[Token, int]]:
    for child in token.children or []:
        yield child, line
        line += child.type in BREAKS
