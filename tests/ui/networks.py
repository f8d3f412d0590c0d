"""Small networks of other shapes than ours, and how they get into the app."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from se_viz.nets.network import Network
from se_viz.pictures import Preprocessing
from se_viz.ui.state.models import PARAMETER, Model
from tests.nets.shallow import blocks_a_stage
from tests.ui.driver import GATES, ROOT, WAIT, sound

SIZE = 32


def tiny(widths: Sequence[int] = (8, 16, 32), classes: int = 2, seed: int = 0, **made: str):
    """A convolution and an SE block for each width, without additions; the blocks are `made` so,
    as `squeeze_excite` has it."""
    import keras

    from se_viz.nets.se_resnet.se_block import squeeze_excite

    keras.utils.set_random_seed(seed)
    pictures = x = keras.Input((SIZE, SIZE, 3))
    for number, width in enumerate(widths):
        x = keras.layers.Conv2D(width, 3, 2, padding="same", activation="relu")(x)
        x = squeeze_excite(x, 4, name=f"gated_{number}", **made)
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(pictures, keras.layers.Dense(classes)(x))


def tiny_resnet(classes: int = 3):
    """An SE-ResNet of two blocks in its last stage and one in each other, an eighth as wide."""
    from se_viz.nets.se_resnet import build
    from se_viz.nets.se_resnet.layout import SEResNet

    with blocks_a_stage(1, 1, 1, 2):
        return build.build(SEResNet(depth=18, width=0.125, ratio=8, classes=classes, size=SIZE))


def names(classes: int) -> tuple[str, ...]:
    return tuple(f"thing {number}" for number in range(classes))


def model_of(key: str, make, called: Sequence[str] = (), size: int = SIZE) -> Model:
    """A choice for the app that builds its network when it is asked to; its classes are `called`
    so, or thing 0, thing 1, ..."""

    def load(progress) -> Network:
        model = make()
        classes = tuple(called) or names(model.output_shape[-1])
        digest = hashlib.sha256(key.encode()).hexdigest()
        return Network(key, key, model, Preprocessing(size=size), classes, digest)

    return Model(key, f"network {key}", True, load)


def open_through(model: Model, path: str = GATES, /, **query: str | list[str]) -> AppTest:
    """A new session that looks through a network of its own, from a link with this query."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=WAIT)
    app.query_params.update(query)
    app.session_state["own models"] = {model.key: model}
    app.session_state[PARAMETER] = model.key
    app._page_hash = calc_hash(path)
    return sound(app.run())
