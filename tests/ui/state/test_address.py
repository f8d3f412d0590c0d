"""What a link asks for, told from what the app has put into it."""

from __future__ import annotations

import pytest

from se_viz.ui import compat
from tests.ui.driver import go, on_the_ribbon, open_app, sound


@pytest.fixture
def app():
    """A page on which another block was chosen than its link asked for."""
    return on_the_ribbon(open_app("channel", block="SE_2_1"), "SE_4_2")


def block_after(app, asked: str) -> str:
    """The block that a page looks at when the browser sends such a link with a run."""
    app.query_params["block"] = asked
    return sound(app.run()).query_params["block"]


def test_a_browser_that_is_late_asks_for_nothing(app):
    assert block_after(app, "SE_2_1") == "SE_4_2"
    on_the_ribbon(app, "SE_5_1")
    assert block_after(app, "SE_4_2") == "SE_5_1"


def test_what_was_never_put_there_is_asked_for(app):
    assert block_after(app, "SE_3_2") == "SE_3_2"


def test_one_can_go_back_to_what_was_put_there(app, monkeypatch):
    page = app.session_state["page of the link"]
    monkeypatch.setattr(compat, "visit", lambda: (page, True))
    assert block_after(app, "SE_2_1") == "SE_2_1"


def test_a_link_to_a_page_asks_for_what_was_put_there_before(app):
    assert go(app, "block", block="SE_2_1").query_params["block"] == "SE_2_1"


def test_a_click_outlasts_a_link_to_a_page_that_holds_no_block():
    app = on_the_ribbon(open_app(block="SE_2_1"), "SE_4_2")
    assert "block" not in app.query_params
    assert go(app, "channel").query_params["block"] == "SE_4_2"
