"""Markdown as the blocks that a lesson is made of; everything else is refused by its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from se_viz.lessons.errors import LessonError
from se_viz.lessons.inline import Inline, inline_of, reader

Kind = Literal["title", "scene", "text", "choice"]
REFUSED = {
    "html_block": "raw HTML",
    "fence": "a block of code",
    "code_block": "a block of code (lines that begin with four spaces)",
    "ordered_list_open": "a numbered list",
}
TAKEN = "A lesson has one title (#), scenes (##), paragraphs, quotes and choices (- [ ] or - [x])"
TICKS = {"[ ] ": False, "[x] ": True, "[X] ": True}


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or a choice. `source` is a paragraph as it was written, `known` the
    addresses that the file gives names to; `ticked` is whether a choice has an x."""

    kind: Kind
    line: int
    inline: Inline
    source: str = ""
    ticked: bool = False
    known: dict[str, Any] = field(default_factory=dict)


def blocks_of(text: str) -> Iterator[Block]:
    """All blocks in order.

    Raises:
        LessonError: at the first thing that no lesson may hold.
    """
    markdown = reader()
    known: dict[str, Any] = {}
    tokens = iter(markdown.parse(text, known))
    for token in tokens:
        line = token.map[0] + 1 if token.map else 0
        if token.type in REFUSED:
            raise LessonError(line, f"{REFUSED[token.type]} is not taken. {TAKEN}.")
        if token.type == "heading_open":
            yield _heading(token.tag, line, next(tokens))
        elif token.type == "bullet_list_open":
            yield from _choices(markdown, tokens, token.level)
        elif token.type == "paragraph_open":
            inside = next(tokens)
            yield Block("text", line, inline_of(inside, line), inside.content, known=known)


def _heading(tag: str, line: int, inside: Token) -> Block:
    if tag not in ("h1", "h2"):
        raise LessonError(
            line, "a heading is the title (#) or begins a scene (##); this one is neither."
        )
    return Block("title" if tag == "h1" else "scene", line, inline_of(inside, line))


def _choices(markdown: MarkdownIt, tokens: Iterator[Token], level: int) -> Iterator[Block]:
    for token in tokens:
        if token.type == "bullet_list_close" and token.level == level:
            return
        if token.type in ("list_item_open", "list_item_close"):
            continue
        line = token.map[0] + 1 if token.map else 0
        if token.type == "paragraph_open" and token.level == level + 2:
            yield _choice(markdown, next(tokens), line)
        elif token.type != "paragraph_close":
            raise LessonError(
                line, "a choice is one line: - [ ] and its words, - [x] for the answer."
            )


def _choice(markdown: MarkdownIt, inside: Token, line: int) -> Block:
    ticked = TICKS.get(inside.content[:4])
    if ticked is None:
        raise LessonError(line, "a list holds choices: - [ ] and its words, - [x] for the answer.")
    (words,) = markdown.parseInline(inside.content[4:])
    return Block("choice", line, inline_of(words, line), ticked=ticked)
