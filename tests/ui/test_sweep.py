"""Which gates matter: the shipped sweep, one's own pictures, and the last stage."""

from __future__ import annotations

from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import figures, go, open_app, sound, upload
from tests.ui.networks import model_of, open_through, tiny_resnet

SHIPPED = ["sweep", "sweep-stages", "sweep-classes"]
OWN = {f"{name}/{seed}.png": picture(seed) for name, seed in (("church", 3), ("tench", 5))}


def texts(app) -> str:
    nodes = (*app.main.markdown, *app.main.caption, *app.main.metric)
    return "\n".join(str(node.value) for node in nodes)


def test_it_opens_on_the_shipped_sweep_with_three_answers_about_the_last_stage():
    app = go(open_app(), "sweep")
    assert figures(app) == SHIPPED
    said = texts(app)
    assert "With every gate frozen at its mean, the network loses" in said
    for source in ("quoted from the paper", "measured", "closed form", "62.5%"):
        assert source in said


def test_ones_own_pictures_are_swept_when_asked_to():
    app = go(upload(open_app(), {"mine.zip": zip_of(OWN)}), "sweep")
    assert figures(app) == SHIPPED
    app.button(key="sweep mine").click()
    sound(app.run())
    assert figures(app) == [f"sweep-mine{end}" for end in ("", "-stages", "-classes")] + SHIPPED
    assert not app.warning


def test_another_network_without_pictures_shows_a_drawn_one():
    app = go(open_through(model_of("resnet", tiny_resnet)), "sweep")
    assert figures(app) == ["sweep"]
    assert "Not measured for this network" in texts(app)
