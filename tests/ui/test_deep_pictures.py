"""Pictures of more than 8 bits a channel in the app: what was taken is said, and can be said."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.pictures import GreyRange, Preprocessing, load_one
from se_viz.ui.widgets.reading_options import RANGE, ZIP_NAMES
from tests.pictures.picture_files import picture, tiff, zip_of
from tests.ui.driver import mine, open_app, sound, upload

RAMP = np.arange(256).reshape(16, 16)
FILES = {f"{top}.tif": tiff((RAMP * top // 255).astype("<u2")) for top in (800, 3000)}


def told(app) -> list[str]:
    return [node.value for node in app.sidebar.text]


def taken(app) -> set[GreyRange | None]:
    return {shot.options.range for shot in mine(app).shots}


@pytest.fixture(scope="module")
def app():
    return upload(open_app(), FILES)


def test_the_range_is_found_and_said(app):
    assert taken(app) == {GreyRange(0, 4095)}
    said = "800.tif and 1 more: it has more than 8 bits a channel; 0 is black and 4,095 white"
    assert any(line.startswith(said) for line in told(app))


def test_a_range_that_is_none_holds_the_files_back_until_it_is_right():
    app = open_app()
    app.text_input(key=RANGE).set_value("4095").run()
    upload(app, FILES)
    assert not len(mine(app))
    (error,) = app.sidebar.error
    assert error.value.startswith("A range is the number that is black and the one that is white")
    assert error.value.endswith("Nothing is read until this is right.")
    sound(app.text_input(key=RANGE).set_value("0..8000").run())
    assert taken(app) == {GreyRange(0, 8000)}
    assert any("0 is black and 8,000 white, as chosen" in line for line in told(app))


def test_a_range_that_was_chosen_earlier_is_not_told_of_pictures_that_need_none():
    app = open_app()
    sound(app.text_input(key=RANGE).set_value("0..8000").run())
    sound(app.selectbox(key=ZIP_NAMES).select("cp932").run())
    upload(app, {"9.png": picture(9), "b.zip": zip_of({"8.png": picture(8)})})
    upload(app, {"10.png": picture(10)})
    assert (len(mine(app)), told(app)) == (3, [])
    upload(app, FILES)
    assert any("0 is black and 8,000 white, as chosen" in line for line in told(app))


def test_another_network_sees_the_same_greys(app):
    again = [mine(app).source(shot) for shot in mine(app).shots]
    model_inputs = [load_one(source, Preprocessing(size=16)).model_input for source in again]
    assert [int(model_input.max()) for model_input in model_inputs] == [50, 187]
