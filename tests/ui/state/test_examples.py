"""What pages show while nobody has pictures."""

from __future__ import annotations

from se_viz.nets.classes import imagenet
from se_viz.pictures.photographs import photographs
from se_viz.pictures.rendered import default, scenes
from tests.ui.driver import open_app
from tests.ui.networks import model_of, open_through, tiny

THOUSAND = model_of("thousand examples", lambda: tiny((8,), 1000), imagenet.CLASSES)


def options(app) -> list[str]:
    return app.main.selectbox(key="picture row").options


def test_all_scenes_are_there_and_the_first_by_name_stands_first():
    app = open_app("picture")
    assert len(options(app)) == len(scenes())
    assert app.main.selectbox(key="picture row").value == 0
    assert options(app)[0].startswith(f"{default().title}, at noon")
    assert any("The first by name is shown first" in line.value for line in app.main.caption)


def test_photographs_stand_beside_them_for_imagenets_networks():
    app = open_through(THOUSAND, "picture")
    assert len(options(app)) == len(scenes()) + len(photographs())
    assert "photograph by" in options(app)[-1]
    app.main.selectbox(key="picture row").set_value(len(scenes()))
    app.run()
    assert not app.exception
    said = app.session_state["notes"].figures["squeezes"].source
    assert said.startswith("measured on Chelsea the cat, photograph by Stefan van der Walt")
    assert not [button for button in app.main.button if "four lights" in button.label]


def test_two_networks_of_which_one_knows_fewer_classes_look_at_the_same():
    app = open_through(THOUSAND, "two")
    source = app.session_state["notes"].figures["side-by-side"].source
    assert source.startswith("measured on 29 rendered scenes at noon, through both")
