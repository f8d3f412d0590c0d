"""The app without a browser: open it, turn to a page, hand in pictures, read its figures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import uuid4

import pandas as pd
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from se_viz.ui.state.fallback import UNCAUGHT
from se_viz.ui.state.session import Collection

ROOT = Path(__file__).resolve().parents[2]
SESSION = "test session"
"""In the session: what tells it from others, see `conftest.sessions_apart`."""
GATES = "gates"
"""The path of the page that most of these tests look at."""
WAIT = 300  # seconds, for the first run of the network on a busy machine
PAGES = (
    *("block", GATES, "channel", "light", "lab", "sweep", "cost"),
    *("picture", "findings", "adaptive", "two", "pictures", "network", "lessons"),
)


def at_the_door(**query: str | list[str]) -> AppTest:
    """A new session from a link without a path."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=WAIT)
    app.query_params.update(query)
    return sound(app.run())


def open_app(on: str = GATES, **query: str | list[str]) -> AppTest:
    """A new session on a page, usually that of gates by class, from a link with this query."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=WAIT)
    app.query_params.update(query)
    app._page_hash = calc_hash(on)
    return sound(app.run())


def sound(app: AppTest) -> AppTest:
    """The same app, in which nothing went wrong unforeseen."""
    assert not app.exception, app.exception
    assert UNCAUGHT not in app.session_state, app.session_state[UNCAUGHT]
    return app


def go(app: AppTest, path: str, **query: str | list[str]) -> AppTest:
    """Turn to a page by its link; like a browser, without the query of the page before."""
    app.query_params.clear()
    app.query_params.update(query)
    pages = app._registered_pages.items()  # `switch_page` knows pages in files only
    app._page_hash = next(key for key, page in pages if page["url_pathname"] == path)
    return sound(app.run())


def upload(app: AppTest, files: Mapping[str, bytes]) -> AppTest:
    """Drop files into the uploader of the sidebar."""
    parts = [(name, data, "application/octet-stream") for name, data in files.items()]
    app.sidebar.file_uploader[0].set_value(parts)
    return sound(app.run())


def mine(app: AppTest) -> Collection:
    """What the session holds."""
    return app.session_state["collection"]


def forget_results(app: AppTest) -> None:
    """Let the session have a cache of its own anew, see `conftest.sessions_apart`."""
    app.session_state[SESSION] = f"session {uuid4()}"


BARE = ("pictures", "light", "lessons")
"""Paths of pages that may show no figure."""


def components(app: AppTest) -> list:
    """Figures of ours in JavaScript, as drawn; what every page has, and draws nothing, aside."""
    return [part for part in app.get("bidi_component") if part.key != "visits kept"]


def shows(app: AppTest, path: str) -> bool:
    """Whether a page shows a figure, of Plotly or of ours, or need not."""
    return bool(figures(app) or components(app)) or path in BARE


def figures(app: AppTest) -> list[str]:
    """Names of the page's figures, from the top."""
    return [node.key.removeprefix("figure ") for node in app.get("plotly_chart")]


def figure(app: AppTest, name: str = "gates-by-class") -> dict:
    """A figure as the browser gets it."""
    return json.loads(app.get_by_key(f"figure {name}").proto.spec)


def legend(app: AppTest, name: str = "gates-by-class") -> list[str]:
    """Entries of a figure's legend."""
    return [trace["name"] for trace in figure(app, name)["data"] if trace.get("showlegend", True)]


def panels(app: AppTest, name: str = "gates-by-class") -> list[str]:
    """Titles of a figure's panels."""
    return [note["text"] for note in figure(app, name)["layout"]["annotations"]]


def blocks(app: AppTest, name: str = "gates-by-class") -> list[str]:
    """The blocks that a figure's panels show."""
    return [title.split(" · ")[0] for title in panels(app, name)]


def table_with(app: AppTest, column: str) -> pd.DataFrame:
    """The page's table that has such a column."""
    return next(table.value for table in app.main.dataframe if column in table.value)


def labelled(nodes: Sequence, label: str):
    """The one of some widgets that bears this label."""
    (found,) = (node for node in nodes if node.label == label)
    return found


def choose(app: AppTest, key: str, value: str) -> AppTest:
    """Press one of several buttons."""
    app.segmented_control(key=key).set_value(value)
    return sound(app.run())


def on_the_ribbon(app: AppTest, block: str) -> AppTest:
    """As after a click on a block."""
    app.session_state["ribbon clicked"] = block
    return sound(app.run())


def pick(app: AppTest, key: str, *values: str) -> AppTest:
    """Choose some of a list."""
    app.multiselect(key=key).set_value(list(values))
    return sound(app.run())
