"""The classes of one's own pictures can be changed, and every figure follows."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.pictures.labels.names import LONGEST_LABEL
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import go, labelled, legend, mine, open_app, sound, upload

FOLDERS = {
    f"{name}/{seed}.png": picture(seed) for seed, name in enumerate(["cats", "cats", "dogs"])
}


@pytest.fixture
def app():
    return upload(open_app("pictures"), {"mine.zip": zip_of(FOLDERS)})


def edit(app, rows: dict[int, dict]) -> None:
    """Type into cells of the table."""
    key = app.main.data_editor[0].key
    app.session_state[key] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    sound(app.run())


def shown(app, column: str) -> list:
    return app.main.data_editor[0].value[column].tolist()


def test_the_table_lists_every_picture_with_its_class_and_prediction(app):
    assert shown(app, "picture") == ["0.png", "1.png", "2.png"]
    assert shown(app, "class") == ["cats", "cats", "dogs"]
    assert shown(app, "from") == ["folder"] * 3
    assert shown(app, "tick") == [False] * 3
    shares = np.array(shown(app, "probability"))
    assert ((shares > 1) & (shares <= 100)).all()


def test_a_class_typed_into_the_table_is_the_pictures_class(app):
    edit(app, {1: {"class": "lions"}})
    assert mine(app).labels == ("cats", "lions", "dogs")
    assert shown(app, "class") == ["cats", "lions", "dogs"]
    assert shown(app, "from") == ["folder", "you", "folder"]
    assert app.sidebar.success[0].value == "3 pictures in 3 classes."


def test_the_curves_show_the_new_class(app):
    edit(app, {0: {"class": "lions"}, 1: {"class": "lions"}})
    go(app, "gates")
    assert {"lions", "dogs"} <= set(legend(app))
    assert "cats" not in legend(app)
    assert app.multiselect(key="classes").value == ["lions", "dogs"]


def test_the_new_class_is_the_mean_of_its_pictures(app):
    edit(app, {0: {"class": "both"}, 2: {"class": "both"}})
    profile = mine(app).group().profile
    gates = mine(app).reading.gates["SE_4_6"].astype(np.float64)
    row = profile.classes.index("both")
    np.testing.assert_allclose(profile.stats["SE_4_6"].mean[row], gates[[0, 2]].mean(0))


def test_classes_chosen_before_stay_chosen(app):
    go(app, "gates")
    app.multiselect(key="classes").set_value(["tench", "cats"])
    sound(app.run())
    edit(go(app, "pictures"), {2: {"class": "lions"}})
    go(app, "gates")
    assert app.multiselect(key="classes").value == ["tench", "cats", "lions"]


def test_ticked_pictures_get_one_class_at_once(app):
    assert app.main.button(key="bulk set").disabled
    edit(app, {0: {"tick": True}, 2: {"tick": True}})
    app.main.text_input[0].set_value("  things ")
    sound(app.run())
    app.main.button(key="bulk set").click()
    sound(app.run())
    assert mine(app).labels == ("things", "cats", "things")
    assert shown(app, "tick") == [False] * 3


def test_without_a_tick_the_button_changes_nothing(app):
    app.main.text_input[0].set_value("things")
    sound(app.run())
    app.main.button(key="bulk set").click()
    sound(app.run())
    assert mine(app).labels == ("cats", "cats", "dogs")


@pytest.mark.parametrize("text", ["", "   ", None], ids=repr)
def test_an_emptied_class_comes_back(app, text):
    edit(app, {0: {"class": text}})
    assert mine(app).labels == ("cats", "cats", "dogs")
    assert shown(app, "class") == ["cats", "cats", "dogs"]


def test_a_class_may_be_called_all_or_be_very_long(app):
    edit(app, {0: {"class": "all"}, 1: {"class": "x" * 500}})
    assert mine(app).labels[0] == "all"
    assert len(mine(app).labels[1]) == LONGEST_LABEL
    go(app, "gates")
    assert {"all", "all (class)"} <= set(legend(app))


def test_a_class_may_bear_the_name_of_a_built_in_one(app):
    edit(app, {0: {"class": "church"}, 1: {"class": "church"}, 2: {"class": "church"}})
    go(app, "gates")
    assert app.multiselect(key="classes").value == ["church"]
    assert legend(app).count("church") == 1
    assert app.multiselect(key="classes").options.count("church") == 1


TWICE = FOLDERS | {"dogs/again.png": FOLDERS["cats/0.png"], "lions/9.png": FOLDERS["cats/0.png"]}


def take_others(app):
    """Press the button that takes the ticked classes."""
    app.main.button(key="take others").click()
    sound(app.run())


def disputed(app):
    return next(node for node in app.main.data_editor if "also as" in node.value)


def test_of_a_picture_under_several_classes_the_person_chooses_which_holds():
    app = upload(open_app("pictures"), {"mine.zip": zip_of(TWICE)})
    assert mine(app).labels == ("cats", "cats", "dogs")
    assert "under “cats”, not under “dogs”" in mine(app).skipped[0].reason
    table = disputed(app).value
    assert table[["picture", "class", "also as"]].values.tolist() == [
        ["0.png", "cats", "dogs"],
        ["0.png", "cats", "lions"],
    ]
    assert app.main.button(key="take others").disabled
    app.session_state[disputed(app).key] = {
        "edited_rows": {1: {"holds": True}},
        "added_rows": [],
        "deleted_rows": [],
    }
    sound(app.run())
    assert mine(app).labels == ("cats", "cats", "dogs")
    take_others(app)
    assert mine(app).labels == ("lions", "cats", "dogs")
    assert shown(app, "from") == ["you", "folder", "folder"]
    assert disputed(app).value["also as"].tolist() == ["cats", "dogs"]
    labelled(app.main.checkbox, "Tick all").check()
    sound(app.run())
    take_others(app)
    assert mine(app).labels == ("dogs", "cats", "dogs")


def test_pictures_that_come_again_under_their_class_are_in_no_dispute(app):
    upload(app, {"more.zip": zip_of({"cats/7.png": FOLDERS["cats/0.png"]})})
    assert len(mine(app).skipped) == 1
    assert not [node for node in app.main.data_editor if "also as" in node.value]


def test_pictures_of_one_name_in_two_uploads_are_told_apart_by_their_folders():
    app = upload(open_app(), {"mine.zip": zip_of({"set/cats/a.png": FOLDERS["cats/0.png"]})})
    upload(app, {"more.zip": zip_of({"set/dogs/a.png": FOLDERS["cats/0.png"]})})
    assert (
        mine(app)
        .skipped[0]
        .reason.startswith(
            "dogs/a.png is the same picture as cats/a.png and counts only once, under “cats”"
        )
    )


NUMBERED = {
    "set/n01440764/0.png": picture(0),
    "set/n01440764/1.png": picture(1),
    "set/n01443537/2.png": picture(2),
}


def test_a_folder_that_is_a_wordnet_number_shows_the_networks_name_of_its_class():
    app = upload(open_app(), {"mine.zip": zip_of(NUMBERED)})
    assert {"tench", "goldfish"} <= set(legend(app))
    assert "n01440764" not in legend(app)
    go(app, "pictures")
    assert shown(app, "class") == ["tench", "tench", "goldfish"]
    assert shown(app, "from") == ["folder n01440764", "folder n01440764", "folder n01443537"]
    assert mine(app).told == ("tench", "tench", "goldfish")


def test_a_class_by_number_and_by_name_are_in_no_dispute():
    app = upload(open_app(), {"mine.zip": zip_of(NUMBERED)})
    upload(app, {"more.zip": zip_of({"x/tench/7.png": picture(0), "x/church/8.png": picture(9)})})
    assert len(mine(app).skipped) == 1
    assert not mine(app).disputed
