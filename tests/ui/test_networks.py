"""Every page opens for networks of other shapes than the built-in one."""

from __future__ import annotations

from typing import get_args

import pytest

from se_viz.analysis.profiles.distributions import Part
from se_viz.ui.pages.gates import LOOKS, NO_PROFILE
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import (
    PAGES,
    blocks,
    choose,
    figure,
    figures,
    go,
    legend,
    mine,
    panels,
    shows,
    upload,
)
from tests.ui.networks import model_of, open_through, tiny, tiny_resnet

NETWORKS = {
    "three blocks, two classes": tiny,
    "one block, ten classes": lambda: tiny((16,), 10),
    "two blocks, a thousand classes": lambda: tiny((8, 16), 1000),
    "stages, three classes": tiny_resnet,
}
FILES = {"cats/1.png": picture(1), "dogs/2.png": picture(2), "3.png": picture(3)}


@pytest.fixture(scope="module", params=NETWORKS)
def without(request):
    return open_through(model_of(request.param, NETWORKS[request.param]))


@pytest.fixture(scope="module")
def with_pictures(without):
    """Pictures in a session of their own, through the same network."""
    key = without.session_state["model"]
    app = open_through(without.session_state["own models"][key])
    return upload(app, {"mine.zip": zip_of(FILES)})


@pytest.fixture(params=["stimuli", "uploaded"])
def app(request, without, with_pictures):
    return go(without if request.param == "stimuli" else with_pictures, "gates")


def test_every_page_opens(app):
    for path in PAGES:
        go(app, path)
        assert len(app.main.header) == 1
        assert not app.error
        assert shows(app, path)


def test_every_look_draws_its_figure_by_every_part(app):
    for look in LOOKS:
        choose(app, "look", look)
        assert len(figures(app)) == 2
        assert figure(app, figures(app)[1])["data"]
    choose(app, "look", "Histograms")
    for part in get_args(Part):
        choose(app, "part", part)
        assert panels(app, "gate-histograms")


def test_the_first_page_says_that_there_is_no_profile(app):
    assert [box.value for box in app.main.info] == [NO_PROFILE]
    assert blocks(app)
    assert legend(app)[-1] == "all" or "your 3 pictures, classes of 1 guessed" in legend(app)


def test_the_check_passes(without):
    go(without, "network").main.button(key="check").click()
    assert without.run().main.success[0].value.startswith("The self-check passed: on ")


def test_pictures_of_ones_own_lie_beside_stimuli(with_pictures):
    go(with_pictures, "gates")
    guess, *given = mine(with_pictures).labels
    assert guess.startswith("thing ")
    assert given == ["cats", "dogs"]
    assert {"cats", "dogs", "your 3 pictures, classes of 1 guessed"} <= set(legend(with_pictures))
    assert any(name.endswith("pictures drawn by code") for name in legend(with_pictures))
