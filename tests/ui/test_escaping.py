"""Names of files and classes, and what links hold, are shown as they read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from se_viz.ui.escaping import cut, plain, sentence
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import QUIET, go, open_app, upload

LINK = "[Sign in](//evil.example) ![](//evil.example/p.png)"
MARKS = st.text(st.sampled_from("ab_*[]()<>`~$:!\\. w-#"), max_size=30)


@given(MARKS)
def test_plain_text_reads_as_it_is(text):
    (block,) = [t for t in MarkdownIt().parse(f"of {plain(text)}.") if t.type == "inline"]
    assert {token.type for token in block.children} <= {"text", "text_special"}
    read = "".join(token.content for token in block.children)
    assert read == f"of {' '.join(text.split())}."


@given(MARKS)
def test_a_sentence_keeps_bold_and_nothing_else(text):
    (block,) = [t for t in MarkdownIt().parse(f"of {sentence(text)}.") if t.type == "inline"]
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in block.children}
    assert kinds <= {"text", "text_special", "strong", "em", "softbreak", "hardbreak"}


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("gates", {"model": LINK}),
        ("lab", {"only": LINK}),
        ("lab", {"do": "class mean", "like": LINK}),
        ("picture", {"which": "by number", "numbers": LINK}),
    ],
)
def test_what_a_link_holds_becomes_no_link_and_no_picture(path, query):
    app = open_app(path, **query)
    said = [box.value for box in (*app.main.warning, *app.main.info)]
    assert any("evil" in text or "Sign" in text for text in said)
    assert not [text for text in said if re.search(r"(?<!\\)\]\(", text)]


def test_a_long_name_keeps_its_ends():
    assert cut("ILSVRC2012_val_00009111.JPEG", 20) == "ILSVRC201…9111.JPEG"
    assert cut("1.png", 20) == "1.png"


def test_in_a_list_of_pictures_a_long_name_leaves_room_for_the_class():
    files = {f"a/{'long' * 20}{number}.png": picture(number) for number in range(2)}
    app = go(upload(open_app(QUIET), {"mine.zip": zip_of(files)}), "picture")
    titles = app.main.selectbox(key="picture row").options
    assert len(set(titles)) == 2
    assert all(title.endswith(".png · a") and len(title) < 70 for title in titles)
