"""Views: links and manifests of before are read into one, which writes them again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_viz.view import MARK, WEIGHTS, View

RECORDED = sorted((Path(__file__).parent / "ui" / "recorded").glob("*.json"))
QUERIES = st.dictionaries(st.text(min_size=1), st.lists(st.text(), min_size=1), max_size=4)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_recorded_links_and_manifests_are_read_and_written_again(path):
    recorded = json.loads(path.read_text(encoding="utf-8"))
    assert View.of_link(recorded["link"]).link() == recorded["link"]
    assert recorded["manifests"]
    for made in recorded["manifests"].values():
        view = View.of_manifest(made)
        marked = View.of_link(made["link"])
        weights = {WEIGHTS: (made["network"]["fingerprint"][:MARK],)}
        assert view.link() == replace(marked, linked={**marked.linked, **weights}).link()
        assert view.settings == made["settings"]
        assert View.of_link(view.link()).linked == view.linked


def test_a_link_says_page_network_classes_blocks_and_options():
    view = View.of_link("/?model=tiny&classes=church&classes=gas+pump&blocks=stage+5&band=true")
    assert (view.path, view.network) == ("", "tiny")
    assert (view.classes, view.blocks) == (("church", "gas pump"), ("stage 5",))
    assert view.options == {"band": ["true"]}
    assert (view.text("band"), view.texts("band"), view.text("look")) == ("true", ("true",), "")


def test_the_server_before_a_link_is_left_out():
    assert View.of_link("https://example.org/lab?do=freeze").link() == "/lab?do=freeze"


def test_a_manifest_without_a_link_is_of_the_first_page():
    view = View.of_manifest({"settings": {"seed": 7, "classes": ["a"]}, "link": None})
    assert (view.link(), view.options, view.classes) == ("/", {"seed": 7}, ("a",))
    assert View.of_manifest({}) == View()


@given(QUERIES)
def test_any_query_comes_back(query):
    view = View.of("lab", query, query)
    again = View.of_link(view.link())
    assert (again.path, again.linked) == ("lab", view.linked)
    assert view.settings == {
        **query,
        **({"model": query["model"][-1:]} if "model" in query else {}),
    }


@given(st.text())
def test_no_text_is_refused_as_a_link_of_ours(text):
    link = View.of("", {}, {"own": [text]}).link()
    assert View.of_link(link).text("own") == text
