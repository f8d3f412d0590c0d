"""Rendered scenes are one click away."""

from __future__ import annotations

from se_viz.pictures.rendered import LIGHTS, SAID, default, scenes
from tests.ui.driver import labelled, mine, open_app, sound

SCENE = default()
OF_ITS_CLASS = sum(scene.label == SCENE.label for scene in scenes())
LABEL = f"Load {SCENE.title}, in four lights"


def click(app):
    labelled(app.main.button, LABEL).click()
    return sound(app.run())


def test_the_page_of_pictures_shows_them_with_their_scores_and_one_click_loads_one():
    app = open_app("pictures")
    assert any(SAID in line.value for line in app.main.caption)
    under = [text for shown in app.main.image for text in shown.captions]
    assert [text.split(":")[0] for text in under] == list(LIGHTS) * OF_ITS_CLASS
    assert all("%" in text for text in under)
    assert len(app.main.image) == OF_ITS_CLASS * len(LIGHTS)
    click(app)
    assert [shot.name for shot in mine(app).shots] == [f"{SCENE.view}-{n}.jpg" for n in LIGHTS]
    assert set(mine(app).labels) == {SCENE.label}
    assert len(app.main.data_editor) == 1


def test_another_class_has_other_scenes():
    app = open_app("pictures")
    app.selectbox(key="scenes of").set_value("church")
    sound(app.run())
    assert len(app.main.image) == 3 * len(LIGHTS)


def test_the_page_of_one_picture_offers_one_while_there_are_none():
    app = open_app("picture")
    click(app)
    assert len(mine(app)) == 4
    assert LABEL not in [button.label for button in app.main.button]


def test_the_sidebar_offers_every_scene():
    app = open_app()
    app.sidebar.selectbox(key="way").set_value("rendered scenes")
    sound(app.run())
    assert len(app.sidebar.selectbox(key="scene").options) == 29
    app.sidebar.selectbox(key="scene").set_value("golf ball, bunker")
    sound(app.run())
    labelled(app.sidebar.button, "Load golf ball, bunker, in four lights").click()
    sound(app.run())
    assert set(mine(app).labels) == {"golf ball"}
