"""A lesson from its Markdown file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from se_viz.lessons import limits
from se_viz.lessons.blocks import Block, blocks_of
from se_viz.lessons.errors import LessonError
from se_viz.lessons.inline import inline_of, reader
from se_viz.lessons.lesson import Lesson, Question, Scene, Targets
from se_viz.lessons.links import view_of
from se_viz.lessons.settings import Settings

SPACES = "\n\r\t"


def parse(file: str, data: bytes, targets: Targets) -> Lesson:
    """A lesson from the bytes of its file.

    Args:
        file: its name, without folders; the lesson is called so, without `.md`.

    Raises:
        LessonError: for the first thing that is wrong with it.
    """
    name = file.removesuffix(".md")
    try:
        if not name.strip():
            raise LessonError(0, "its name is empty, and links call a lesson by its file's name.")
        blocks = list(blocks_of(_text(data)))
        title, rest = _title(blocks)
        scenes = tuple(_scene(group, targets) for group in _by_scene(rest))
        if not scenes:
            raise LessonError(0, "it has no scene; a scene begins with ## and its heading.")
        if len(scenes) > limits.SCENES:
            line = scenes[limits.SCENES].line
            raise LessonError(line, f"a lesson has at most {limits.SCENES} scenes; here are more.")
    except LessonError as error:
        raise LessonError(error.line, error.reason, file) from None
    return Lesson(name, title, scenes)


def _text(data: bytes) -> str:
    if len(data) > limits.BYTES:
        raise LessonError(
            0, f"it is larger than {limits.BYTES // 1000} kB; no lesson needs that much."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LessonError(line, "this is no text in UTF-8.") from None
    for number, line_ in enumerate(text.split("\n"), 1):
        if any(unicodedata.category(c) == "Cc" and c not in SPACES for c in line_):
            raise LessonError(number, "this holds characters that are no text.")
    return text


def _title(blocks: Sequence[Block]) -> tuple[str, Sequence[Block]]:
    if not blocks or blocks[0].kind != "title":
        raise LessonError(
            blocks[0].line if blocks else 0, "it begins with no title: # and its words."
        )
    second = next((block for block in blocks[1:] if block.kind == "title"), None)
    if second:
        raise LessonError(second.line, "a lesson has one title (#); this is the second.")
    return _short(blocks[0], "title", limits.HEADING), blocks[1:]


def _by_scene(blocks: Iterable[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    for block in blocks:
        if block.kind == "scene":
            groups.append([])
        elif not groups:
            raise LessonError(block.line, "after the title comes a scene: ## and its heading.")
        groups[-1].append(block)
    return groups


def _scene(blocks: Sequence[Block], targets: Targets) -> Scene:
    heading, settings = blocks[0], Settings()
    rest = [block for each in blocks[1:] if (block := _without_settings(each, settings))]
    links = [link for block in blocks for link in block.inline.links]
    if len(links) != 1:
        line, said = (links[1].line, "two") if links else (heading.line, "none")
        raise LessonError(
            line, f"a scene has one link, to the page that it shows; this has {said}."
        )
    view = view_of(links[0], targets)
    title, where = _short(heading, "heading", limits.HEADING), settings.point(view.path, targets)
    figure, task = settings.figure(targets), settings.task()
    text, question = _question(rest, heading.line)
    return Scene(title, text, view, heading.line, where, figure, task, question)


def _without_settings(block: Block, settings: Settings) -> Block | None:
    """A block without its lines that are settings, and None where no words are left."""
    if block.kind != "text":
        return block
    lines = block.source.split("\n")
    kept = [
        text for number, text in enumerate(lines, block.line) if not settings.take(text, number)
    ]
    (token,) = reader().parseInline("\n".join(kept), block.known)
    inline = inline_of(token, block.line)
    return Block("text", block.line, inline) if inline.bare else None


def _question(blocks: Sequence[Block], line: int) -> tuple[str, Question | None]:
    """A scene's words, and its question; words after the choices explain the answer."""
    places = [place for place, block in enumerate(blocks) if block.kind == "choice"]
    if not places:
        if not blocks:
            raise LessonError(line, "a scene says a sentence beside its link; this one has none.")
        return _long(blocks, line), None
    first, last = places[0], places[-1]
    choices = blocks[first : last + 1]
    if len(choices) != len(places):
        raise LessonError(
            blocks[last].line, "a scene has one question; this is a second one's choice."
        )
    if not first:
        raise LessonError(blocks[0].line, "choices need a question, in the paragraph before them.")
    asked = _long(blocks[first - 1 : first], line)
    question = Question(asked, *_answered(choices), _long(blocks[last + 1 :], line))
    return _long(blocks[: first - 1], line), question


def _answered(choices: Sequence[Block]) -> tuple[tuple[str, ...], int]:
    line, right = choices[0].line, [row for row, block in enumerate(choices) if block.ticked]
    if len(choices) not in limits.CHOICES:
        least, most = limits.CHOICES[0], limits.CHOICES[-1]
        raise LessonError(
            line, f"a question has {least} to {most} choices; this has {len(choices)}."
        )
    if len(right) != 1:
        where = choices[right[1]].line if right else line
        said = "two answers" if right else "no answer"
        raise LessonError(where, f"a question has one answer, ticked with [x]; this has {said}.")
    return tuple(_short(block, "choice", limits.CHOICE) for block in choices), right[0]


def _short(block: Block, what: str, most: int) -> str:
    words = block.inline.words
    if not words:
        raise LessonError(block.line, f"a {what} has words; this one is empty.")
    if len(words) > most:
        raise LessonError(
            block.line, f"a {what} has at most {most} characters; this has {len(words)}."
        )
    return words


def _long(blocks: Sequence[Block], line: int) -> str:
    text = "\n\n".join(block.inline.words for block in blocks)
    if len(text) > limits.TEXT:
        where = blocks[0].line if blocks else line
        raise LessonError(where, f"words for one screen are at most {limits.TEXT} characters.")
    return text
