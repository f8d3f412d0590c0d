"""Heavy results of a session: made once, few of each kind, apart from other sessions."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from se_viz.ui.state.caches import forget, known, memo

    made = st.session_state.setdefault("made", [])

    def make(key: str) -> str:
        made.append(key)
        st.caption(f"making {key}")
        return key.upper()

    for key in st.session_state.setdefault("asked", ["a", "b"]):
        memo("letters", key, lambda key=key: make(key), 2)
    memo("others", "a", lambda: "another kind", 2)
    keys = [key for key in "abc" if known("letters", key, 2)]
    st.text(f"{''.join(made)} {''.join(keys)} {memo('others', 'a', lambda: '', 2)}")
    if st.session_state.get("forget"):
        forget()
        st.text(f"{known('letters', 'b', 2)} {known('others', 'a', 2)}")


def asked(app: AppTest, *keys: str) -> list[str]:
    app.session_state["asked"] = list(keys)
    assert not app.run().exception
    return [line.value for line in app.text]


def test_results_are_made_once_and_the_one_not_asked_for_longest_gives_way():
    app = AppTest.from_function(page, default_timeout=60)
    assert asked(app, "a", "b") == ["ab ab another kind"]
    assert asked(app, "b", "a") == ["ab ab another kind"]
    assert not app.caption
    assert asked(app, "c") == ["abc bc another kind"]
    assert asked(app, "a") == ["abca ac another kind"]


def test_one_session_has_nothing_of_another_and_forgets_alone():
    one, two = (
        AppTest.from_function(page, default_timeout=60),
        AppTest.from_function(page, default_timeout=60),
    )
    assert asked(one, "b") == ["b b another kind"]
    assert asked(two, "b") == ["b b another kind"]
    two.session_state["forget"] = True
    assert asked(two, "b") == ["b b another kind", "False False"]
    assert asked(one, "b") == ["b b another kind"]
