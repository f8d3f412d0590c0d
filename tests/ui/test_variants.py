"""Every page opens for gates of other functions, other squeezes and other rungs, and calls them
what they are."""

from __future__ import annotations

import pytest

from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import PAGES, choose, figure, go, shows, upload
from tests.ui.networks import model_of, open_through, tiny


def shallow_inception():
    from se_viz.nets.se_inception.build import build
    from se_viz.nets.se_inception.layout import SEInception

    return build(SEInception(width=1 / 8, ratio=4, classes=3, size=75))


NETWORKS = {
    "tanh": (lambda: tiny((8, 16), gate="tanh"), "(SE block, tanh)"),
    "relu of the maximum": (
        lambda: tiny((8, 16), gate="relu", squeeze="max"),
        "(SE block, relu, of the maximum)",
    ),
    "a learned constant": (
        lambda: tiny((8, 16), excitation="constant"),
        "(a learned constant for each channel)",
    ),
    "direct": (
        lambda: tiny((8, 16), excitation="direct"),
        "(the squeeze itself, without weights)",
    ),
}
FILES = {"cats/1.png": picture(1), "dogs/2.png": picture(2)}


SOON = ("tanh", "a learned constant")
PARAMS = [name if name in SOON else pytest.param(name, marks=pytest.mark.long) for name in NETWORKS]


@pytest.fixture(scope="module", params=PARAMS)
def opened(request):
    app = open_through(model_of(request.param, NETWORKS[request.param][0]))
    return upload(app, {"mine.zip": zip_of(FILES)}), request.param


def test_every_page_opens_and_the_check_passes(opened):
    app, name = opened
    for path in PAGES:
        go(app, path)
        assert not app.error, path
        assert shows(app, path)
    go(app, "network").main.button(key="check").click()
    assert app.run().main.success[0].value.startswith("The self-check passed: on ")
    app.toggle(key="report").set_value(True).run()
    assert sum(NETWORKS[name][1] in node.value for node in app.text) == 2


def test_gates_stand_on_an_axis_of_their_own(opened):
    app, name = opened
    low, high = figure(go(app, "gates"))["layout"]["yaxis"]["range"]
    assert (low < 0) == (name == "tanh")
    assert high == 1 or "relu" in name


@pytest.mark.parametrize("step", ["Squeeze", "Excite"])
def test_a_picture_tells_what_it_passes_through(opened, step):
    app, name = opened
    choose(go(app, "picture"), "step", step)
    said = " ".join(node.value for node in app.main.markdown)
    if step == "Squeeze":
        assert ("gave its largest number" in said) == ("maximum" in name)
    else:
        assert ("a small network" in said) == (name in ("tanh", "relu of the maximum"))


@pytest.mark.long
def test_every_page_opens_for_an_se_inception():
    app = open_through(model_of("inception", shallow_inception, size=75))
    upload(app, {"mine.zip": zip_of(FILES)})
    for path in PAGES:
        go(app, path)
        assert not app.error, path
