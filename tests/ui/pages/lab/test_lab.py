"""The lab: many pictures, then one in every way and block by block, then all of one's own."""

from __future__ import annotations

import io

import numpy as np

from se_viz.manifest import of_npz
from se_viz.nets.classes import imagenet
from se_viz.pictures.rendered import default
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import (
    QUIET,
    figures,
    go,
    mine,
    on_the_ribbon,
    open_app,
    sound,
    table_with,
    upload,
)
from tests.ui.networks import model_of, open_through, tiny
from tests.ui.saving import saving

ALL = ["with-and-without", "every-way", "sweep-of-picture"]
OWN = {
    f"{name}/{seed}.png": picture(seed + len(name))
    for name in ("church", "tench")
    for seed in (1, 9)
}


def texts(app) -> str:
    return "\n".join(node.value for node in (*app.main.markdown, *app.main.caption))


def test_below_the_wall_stands_the_first_scene_by_name_with_the_identity():
    app = open_app("lab")
    assert figures(app) == ALL
    assert "With **all blocks bypassed**" in texts(app)
    assert "same outputs" in texts(app)
    assert f"measured on the rendered scene {default().title}, at noon" in texts(app)


def test_every_kind_of_intervention_is_carried_out():
    app = open_app("lab")
    for kind in app.selectbox(key="do").options:
        app.selectbox(key="do").set_value(kind)
        sound(app.run())
        assert figures(app) == ALL
    assert not app.warning


def test_a_constant_is_what_gates_of_the_network_can_be():
    app = open_through(model_of("tanh", lambda: tiny((8, 16), gate="tanh")))
    go(app, "lab", do="constant", at="all", **{"constant value": "-0.5"})
    value = app.slider(key="constant value")
    assert (value.min, value.max, value.value) == (-1, 1, -0.5)
    assert "can be from -1 to 1; this picture's lie between -" in value.help
    assert "With **all blocks set to -0.5**" in texts(app)


def test_a_constant_has_no_end_where_gates_have_none():
    app = open_through(model_of("relu", lambda: tiny((8, 16), gate="relu")))
    go(app, "lab", do="constant", at="all", **{"constant value": "7.5"})
    value = app.number_input(key="constant value")
    assert (value.min, value.value) == (0, 7.5)
    assert "can be 0 or more" in value.help
    assert "With **all blocks set to 7.5**" in texts(app)


def test_a_click_on_the_ribbon_is_the_one_place_until_another_is_chosen():
    app = open_app("lab")
    on_the_ribbon(app, "SE_4_6")
    assert app.multiselect(key="at").value == ["SE_4_6"]
    assert "With **SE_4_6 bypassed**" in texts(app)
    assert app.query_params["at"] == "SE_4_6"
    app.multiselect(key="at").set_value(["SE_4_6", "all"])
    assert sound(app.run()).multiselect(key="at").value == ["all"]
    assert "With **all blocks bypassed**" in texts(app)


def test_some_channels_of_a_block_and_nonsense_that_is_explained():
    app = open_app("lab")
    app.multiselect(key="at").set_value(["SE_4_6"])
    app.text_input(key="only").set_value("0-31, 40")
    assert "With **channels 0-31, 40 of SE_4_6 bypassed**" in texts(sound(app.run()))
    app.text_input(key="only").set_value("0-9999")
    sound(app.run())
    assert figures(app) == []
    assert "SE_4_6 has channels 0 to 511" in app.warning[0].value


def test_a_link_brings_back_the_picture_and_what_is_done_to_it():
    app = open_app("lab")
    first = app.selectbox(key="picture row").value
    app.selectbox(key="picture row").set_value(7)
    link = sound(app.run()).query_params["picture"]
    again = open_app("lab", picture=link, do="scale", at=["SE_2_1"])
    assert (again.selectbox(key="picture row").value, first) == (7, 0)
    assert "With **SE_2_1 times 0.5**" in texts(again)


def test_the_same_on_all_pictures_gives_accuracy_by_class():
    app = go(upload(open_app(QUIET), {"mine.zip": zip_of(OWN)}), "lab")
    assert figures(app) == ALL
    app.button(key="all").click()
    sound(app.run())
    assert figures(app) == [*ALL, "accuracy-by-class"]
    assert "of **4 pictures**" in texts(app)


def test_a_class_mean_follows_the_classes_of_now():
    app = go(upload(open_app(QUIET), {"mine.zip": zip_of(OWN)}), "lab", do="class mean")
    app.selectbox(key="means").set_value("your 4 pictures")
    sound(app.run())
    app.selectbox(key="like").set_value("church")
    before = changes(sound(app.run()))
    other = {"church": "tench", "tench": "church"}
    mine(app).rename({row: other[label] for row, label in enumerate(mine(app).labels)})
    sound(app.run())
    assert app.selectbox(key="like").value == "church"
    assert (changes(app) != before).any()


def changes(app):
    table = table_with(app, "logit_change")
    return table.set_index("class")["logit_change"].sort_index()


def test_every_gate_as_it_was_applied_can_be_saved():
    with saving() as files:
        open_app("lab", do="constant", at=["SE_3_1"])
    with np.load(io.BytesIO(files["gates-in-hand.npz"]())) as file:
        assert file["names"].tolist() == ["without", "with SE_3_1 set to 0.5"]
        without, taken = file["gate/SE_3_1"]
        assert (taken == 0.5).all()
        assert without.std() > 0
        np.testing.assert_array_equal(*file["gate/SE_2_1"])
        assert (file["logits"][0] != file["logits"][1]).all()
        assert of_npz(file)["settings"]["do"] == "constant"


def test_pictures_of_no_known_class_get_predictions_only():
    other = {name.replace("church", "x").replace("tench", "y"): d for name, d in OWN.items()}
    app = go(upload(open_app(QUIET), {"mine.zip": zip_of(other)}), "lab")
    app.button(key="all").click()
    sound(app.run())
    assert figures(app) == ALL
    (told,) = app.main.info
    assert "Accuracy takes pictures whose class is known" in told.value


def test_a_picture_that_was_lost_and_comes_again_is_seen_again():
    app = go(upload(open_app(QUIET), {"mine.zip": zip_of(OWN)}), "lab")
    mine(app).spool._places.pop(mine(app).shots[-1].digest)
    app.button(key="all").click()
    assert "of **3 pictures**" in texts(sound(app.run()))
    upload(app, {"again.zip": zip_of(OWN)})
    app.button(key="all").click()
    assert "of **4 pictures**" in texts(sound(app.run()))


MIXED = {
    "set/n01440764/1.png": picture(1),
    "set/n02979186_cassette_player/2.png": picture(2),
    "set/Chain_Saw/3.png": picture(3),
    "set/chainsaw/4.png": picture(4),
    "set/n01443537/5.png": picture(5),
    "set/6.png": picture(6),
}


def test_what_an_accuracy_leaves_out_is_counted_and_named_beside_the_nearest_class():
    app = go(upload(open_app(QUIET), {"mine.zip": zip_of(MIXED)}), "lab")
    app.button(key="all").click()
    sound(app.run())
    said = app.info[0].value
    assert "Accuracy is over 3 of 6 pictures." in said
    assert "“chainsaw” (1): no class of this network, nearest is chain saw" in said
    assert "“goldfish” (1): no class of this network" in said
    assert "1 of them: no class of its own" in said
    shown = noted(app, "accuracy-by-class")
    assert sorted(shown.table["class"]) == ["all", "cassette player", "chain saw", "tench"]
    assert "(3 of 6 with a class of this network)" in shown.source
    with saving() as files:
        sound(app.run())
    assert (
        b"chainsaw,1,no class of this network,chain saw"
        in files["accuracy-by-class-left-out.csv"]()
    )


def noted(app, name: str):
    return app.session_state["notes"].figures[name]


def test_numbers_of_folders_are_imagenets_classes_until_a_click_undoes_it():
    model = model_of("thousand", lambda: tiny((8,), 1000), imagenet.CLASSES)
    numbered = {f"set/{row:05}/{row}.png": picture(row) for row in (0, 217, 999)}
    app = go(upload(open_through(model, QUIET), {"mine.zip": zip_of(numbered)}), "lab")
    app.button(key="all").click()
    sound(app.run())
    found = noted(app, "accuracy-by-class").table["class"]
    assert sorted(found) == ["English springer", "all", "tench", "toilet tissue"]
    assert "numbers taken for classes counted from 0" in noted(app, "accuracy-by-class").source
    app.toggle(key="numbers of classes").set_value(False)
    sound(app.run())
    assert "accuracy-by-class" not in figures(app)
    assert "“00217” (1): no class of this network" in app.info[0].value


def test_numbers_are_the_classes_of_another_network_at_a_click():
    app = go(upload(open_app(QUIET), {"mine.zip": zip_of({"s/0/1.png": picture(1)})}), "sweep")
    assert "sweep mine" not in [node.key for node in app.main.button]
    app.toggle(key="numbers of classes").set_value(True)
    assert sound(app.run()).button(key="sweep mine").label == "Sweep over 1 picture of yours"
