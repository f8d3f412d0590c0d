"""A page that is one more line of the catalogue."""

from __future__ import annotations

import streamlit as st

from se_viz.ui.pages import catalogue
from se_viz.ui.pages.base import Page
from tests.ui.driver import open_app


def draw() -> None:
    st.header("A toy of a page")


def test_a_page_in_the_catalogue_is_in_the_app(monkeypatch):
    monkeypatch.setattr(
        catalogue, "PAGES", [*catalogue.PAGES, Page("Toy", "toy", "Is it a toy?", draw)]
    )
    app = open_app("toy")
    assert app.main.header[0].value == "A toy of a page"


def test_paths_and_titles_of_pages_differ():
    pages = catalogue.PAGES
    assert len({page.path for page in pages}) == len({page.title for page in pages}) == len(pages)
