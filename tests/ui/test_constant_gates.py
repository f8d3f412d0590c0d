"""A network that has not learned is told so wherever its gates are shown."""

from __future__ import annotations

import pytest

from tests.ui.driver import open_app
from tests.ui.networks import model_of, open_through, tiny

SAID = "Every gate of this network is 0.5 whatever the picture: these blocks have not learned."


def unlearned():
    """Its excitations are zeros, as before training in some recipes."""
    model = tiny((8, 16))
    for layer in model._flatten_layers():
        if layer.name.endswith("_expand"):
            layer.set_weights([0 * weight for weight in layer.get_weights()])
    return model


def warnings(app) -> list[str]:
    return [box.value for box in app.main.warning]


@pytest.mark.parametrize("path", ["gates", "picture", "network"])
def test_a_page_with_gates_says_it_once(path):
    app = open_through(model_of("unlearned", unlearned), path)
    assert warnings(app).count(SAID) == 1


def test_a_network_that_learned_is_not_told_so():
    assert not any("Every gate" in said for said in warnings(open_app()))
    app = open_through(model_of("learned", lambda: tiny((8, 16))), "network")
    assert not any("Every gate" in said for said in warnings(app))
