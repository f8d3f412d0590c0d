"""The wall of pictures: what it is handed, and what a click on it chooses."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from se_viz.ui.components.modules import script, style
from se_viz.ui.components.wall import card_of
from se_viz.ui.components.wall.component import told, wall_data


def test_its_modules_make_one():
    assert "export default function" in script("wall")
    assert "import " not in script("wall").replace("// ", "")
    for state in ("broken", "mended", "moved", "right", "wrong", "same"):
        assert f".card.{state}" in style("wall")


def test_a_card_holds_its_picture_itself():
    card = card_of("ab", b"JPEG", "broken", "golf ball", "church: church, now golf ball")
    assert card.src.startswith("data:image/jpeg;base64,")
    data = wall_data([card], "ab", "Pictures", small=True)
    assert (data["label"], data["chosen"], data["small"]) == ("Pictures", "ab", True)
    assert data["cards"] == [
        {
            **{"id": "ab", "src": card.src, "state": "broken", "now": "golf ball"},
            "said": "church: church, now golf ball",
        }
    ]


def page() -> None:
    import streamlit as st

    from se_viz.ui.components import wall

    cards = [wall.card_of(name, b"", "plain", "", name) for name in "ab"]
    wall.show(cards, "a", lambda found: st.session_state.update(found=found), label="x", key="wall")


def test_it_is_drawn():
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    assert app.get_by_key("wall")


def test_a_click_on_one_that_is_there_is_told_and_no_other():
    asked = []
    for id_ in ("b", "z", None):
        told({"chosen": id_}, {"a", "b"}, asked.append)
    assert asked == ["b"]
