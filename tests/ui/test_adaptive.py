"""How adaptive the gates are: shares, distances and two classes, built-in and one's own."""

from __future__ import annotations

from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import figures, go, open_app, panels, sound, upload

ALL = ["variance-shares", "class-distances", "parting", "telling-channels"]
TWO = {f"{name}/{seed}.png": picture(seed + len(name)) for name in ("a", "bb") for seed in (1, 9)}


def texts(app) -> str:
    return "\n".join(node.value for node in app.main.markdown)


def test_it_opens_on_the_shares_and_says_which_block_follows_the_class():
    app = go(open_app(), "adaptive")
    assert figures(app) == ALL
    assert "SE_5_1 follows the class most: 49% of the variance" in texts(app)
    assert app.selectbox(key="alike").value == "SE_5_1"
    assert not app.warning


def test_another_pair_of_classes():
    app = go(open_app(), "adaptive")
    app.selectbox(key="class a").set_value("church")
    sound(app.run())
    assert "church" not in app.selectbox(key="class b").options
    app.selectbox(key="class b").set_value("golf ball")
    assert "church and golf ball part first" in texts(sound(app.run()))


def test_ones_own_classes_stand_beside_the_built_in_ones_with_a_warning():
    app = go(upload(open_app(), {"mine.zip": zip_of(TWO)}), "adaptive")
    assert figures(app) == ALL
    assert any("your 4 pictures" in title for title in panels(app, "variance-shares"))
    assert app.selectbox(key="class a").options == ["a", "bb"]
    assert app.warning


def test_one_class_of_ones_own_is_not_compared():
    one = {name: data for name, data in TWO.items() if name.startswith("a/")}
    app = go(upload(open_app(), {"mine.zip": zip_of(one)}), "adaptive")
    assert figures(app) == ["variance-shares"]
    assert "only one" in app.warning[0].value
