"""The card that answers whether gates are all right: quiet where they are, and how it is saved."""

from __future__ import annotations

import io
from unittest.mock import patch

import pandas as pd
import pytest

from se_viz.analysis.health.table import yardsticks_of
from se_viz.nets import builtin
from tests.pictures.picture_files import picture
from tests.ui.driver import open_app, sound, table_with, upload
from tests.ui.networks import model_of, open_through, tiny
from tests.ui.saving import manifest, saving
from tests.ui.test_constant_gates import unlearned

PHOTOS = {f"{seed}.png": picture(seed) for seed in range(3)}
QUIET = "All 16 blocks look healthy on these 3 pictures as far as could be told."


def captions(app) -> list[str]:
    return [node.value for node in app.main.caption]


@pytest.fixture(scope="module")
def broken():
    app = open_through(model_of("unlearned for health", unlearned), "network")
    assert not any("healthy" in box.value for box in app.main.success)
    shipped = yardsticks_of(builtin.health())
    with saving() as files, patch("se_viz.experiments.health.shipped_yardsticks", lambda: shipped):
        app.main.button(key="look at health").click()
        sound(app.run())
    return app, files


def test_the_built_in_network_is_quiet_on_pictures():
    app = upload(open_app("network"), PHOTOS)
    assert QUIET in [box.value for box in app.main.success]
    assert not any("finding" in box.value for box in app.main.warning)
    assert any("takes 30 pictures or more" in text for text in captions(app))
    every = table_with(app, "Verdict")
    assert len(every) % 16 == 0
    assert set(every["Verdict"]) == {"fine", "cannot be told"}


def test_without_pictures_it_waits_for_a_click_and_takes_drawn_ones():
    app = open_app("network")
    assert not any("healthy" in box.value for box in app.main.success)
    app.main.button(key="look at health").click()
    sound(app.run())
    (said,) = (box.value for box in app.main.success if "healthy" in box.value)
    assert "pictures drawn by code" in said


def test_what_is_found_stands_in_a_table_with_yardsticks(broken):
    app, _ = broken
    (said,) = (box.value for box in app.main.warning if "finding" in box.value)
    assert said == "6 findings in 2 of 2 blocks, on pictures drawn by code."
    rows = table_with(app, "Built-in network, trained")
    assert set(rows["Block"]) == {"SE_1", "SE_2"}
    assert len(rows) == 6
    assert not [button for button in app.main.button if button.key == "look at health"]
    assert rows["Built-in network, trained"].str.contains(" to ").all()
    assert any("a sigmoid makes 0.5 of zeros" in node.value for node in app.main.markdown)


def test_the_numbers_of_every_check_are_saved_with_what_made_them(broken):
    _, files = broken
    saved = pd.read_csv(io.BytesIO(files["health.csv"]()))
    assert (saved["verdict"] == "finding").sum() == 6
    assert set(saved["block"]) == {"SE_1", "SE_2"}
    record = manifest(files, "health")
    assert record["network"]["name"] == "unlearned for health"
    assert "16 model inputs of uniform noise" in record["source"]


def test_another_network_is_asked_anew():
    app = open_through(model_of("sound for health", lambda: tiny((8, 16))), "network")
    assert app.main.button(key="look at health")
