"""Which gates matter: the shipped sweep, one's own pictures, and the last stage."""

from __future__ import annotations

from se_viz.pictures.rendered import default
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import QUIET, figures, go, mine, open_app, panels, sound, upload
from tests.ui.networks import model_of, open_through, tiny_resnet

SHIPPED = ["sweep", "sweep-stages", "sweep-classes"]
OWN = {f"{name}/{seed}.png": picture(seed) for name, seed in (("church", 3), ("tench", 5))}
KNOWN = {f"thing {seed}/{seed}.png": picture(seed) for seed in (0, 2)}


def texts(app) -> str:
    nodes = (*app.main.markdown, *app.main.caption, *app.main.metric)
    return "\n".join(str(node.value) for node in nodes)


def test_it_opens_on_the_shipped_sweep_with_three_answers_about_the_last_stage():
    app = open_app("sweep")
    assert figures(app) == SHIPPED
    said = texts(app)
    assert "With every gate frozen at its mean, the network loses" in said
    for source in ("quoted from the paper", "measured", "closed form", "62.5%"):
        assert source in said


def test_ones_own_pictures_are_swept_when_asked_to():
    app = go(upload(open_app(QUIET), {"mine.zip": zip_of(OWN)}), "sweep")
    assert figures(app) == SHIPPED
    app.button(key="sweep mine").click()
    sound(app.run())
    assert figures(app) == SHIPPED
    for name in SHIPPED:
        assert [title[:12] for title in panels(app, name)[:2]] == ["built-in val", "your 2 pictu"]
    assert "your 2 pictures: With every gate frozen" in texts(app)
    assert not app.warning


def test_another_network_without_pictures_shows_a_scene():
    app = open_through(model_of("resnet", tiny_resnet), "sweep")
    assert figures(app) == ["sweep"]
    assert "Not measured yet" in texts(app)
    assert f"one rendered scene, **{default().title}, at noon**" in texts(app)


def test_the_last_stage_of_another_network_is_measured_on_ones_own_pictures():
    model = model_of("resnet", tiny_resnet)
    app = upload(open_through(model, QUIET), {"mine.zip": zip_of(KNOWN)})
    go(app, "sweep").button(key="sweep mine").click()
    assert figures(sound(app.run())) == ["sweep-mine", "sweep-mine-stages", "sweep-mine-classes"]
    labels = [node.label for node in app.main.metric]
    assert "stage 5, gates set to 1" in labels
    assert "Accuracy of this network, measured on your pictures (2)" in texts(app)


def test_a_sweep_that_failed_can_be_tried_again():
    app = go(upload(open_app(QUIET), {"mine.zip": zip_of(OWN)}), "sweep")
    held = mine(app).spool._places
    places = dict(held)
    held.popitem()
    app.button(key="sweep mine").click()
    assert "could not be read any more" in sound(app.run()).main.warning[0].value
    held.update(places)
    app.button(key="sweep mine").click()
    assert "your 2 pictures" in panels(sound(app.run()), "sweep")
    assert not [node for node in app.main.button if node.key == "sweep mine"]
