"""When the light changes: from what ships, on one's own pictures, with other networks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.runtime.scriptrunner import StopException

from se_viz import profiles
from se_viz.nets import builtin
from se_viz.ui.sentences import light as told
from se_viz.ui.state import resources, shifts
from tests.pictures.picture_files import picture, zip_of
from tests.shift_record import make_record
from tests.ui.driver import (
    QUIET,
    choose,
    figure,
    figures,
    go,
    labelled,
    mine,
    open_app,
    panels,
    sound,
    upload,
)
from tests.ui.networks import model_of, open_through, tiny, tiny_resnet
from tests.ui.saving import manifest, query_of, saving

ALL = [f"shift-{end}" for end in ("course", "where", "how", "steady", "whose", "sure")]
KNOWN = {f"thing {n % 3}/{n}.png": picture(n) for n in range(9)}
UNKNOWN = {f"{n}.png": picture(n) for n in range(6)}


def forget() -> None:
    """What was read of the file."""
    resources.recorded_shifts.clear()
    shifts._of_file.clear()


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """A record of the built-in network that nobody measured."""
    path = tmp_path_factory.mktemp("shipped") / "shifts.npz"
    record = make_record(("contrast", "blur", "jpeg"), pictures=120)
    fingerprint = profiles.load(builtin.PROFILE).origin.fingerprint
    made = {"command": "made for tests", "files": "none", "frozen_at": "a mean", "seconds": 60}
    facts = {**record.record, **made, "device": "no machine", "weights_sha256": fingerprint}
    replace(record, record=facts).save(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builtin, "SHIFTS", path)
        forget()
        yield path
    forget()


@pytest.fixture
def nothing_ships(monkeypatch, tmp_path):
    monkeypatch.setattr(builtin, "SHIFTS", tmp_path / "shifts.npz")
    forget()
    yield
    forget()


def texts(app) -> str:
    nodes = (*app.main.header, *app.main.markdown, *app.main.caption, *app.main.info)
    return "\n".join(str(node.value) for node in nodes)


def measure(app, key: str = "measure shifts"):
    app.button(key=key).click()
    return sound(app.run())


def test_it_opens_with_the_result_and_all_that_lies_behind_it(shipped):
    app = open_app("light")
    assert figures(app) == ALL
    (header,) = app.main.header
    assert header.value.startswith("When contrast goes, gates have to adapt: frozen, they cost ")
    said = texts(app)
    for part in (
        *("**Contrast 0.4** :orange-badge[needs gates that adapt]", "n = 120"),
        *("**Blur 2** :gray-badge[undecided]", "**stage 2** frozen alone loses"),
        *("Early gates answer to the light", "blocks X surely changes less"),
        *("Gates alone know the class", "Expected calibration error", told.ADD_PICTURES),
    ):
        assert part in said


def test_a_light_is_chosen_for_all_that_is_asked_of_one(shipped):
    app = open_app("light")
    assert app.segmented_control(key="shift").value == "contrast"
    with saving() as files:
        choose(app, "shift", "blur")
    made = manifest(files, "shift-where")
    assert {name: made["settings"][name] for name in ("shift", "strength", "seed")} == {
        "shift": ["blur"],
        "strength": ["2"],
        "seed": ["0"],
    }
    assert "blur 2, seed 0" in made["source"]
    path, query = query_of(made["link"])
    again = open_app(path, **query)
    assert again.segmented_control(key="shift").value == "blur"


def test_the_other_kinds_show_when_they_are_asked_for(shipped):
    app = open_app("light")
    kinds = {"<b>Contrast</b>", "<b>Blur</b>"}, {"<b>JPEG</b>"}
    for shown, expected in zip(told.SHOWN, (*kinds, kinds[0] | kinds[1]), strict=True):
        choose(app, "shown", shown)
        assert expected <= set(panels(app, "shift-course"))


def test_where_moves_were_not_measured_it_says_so(shipped):
    record = make_record(("contrast",), pictures=60)
    assert len(record.moves)
    app = open_app("light")
    choose(app, "places", "single blocks")
    assert told.ONLY_STAGES in texts(app)
    assert "shift-where" not in figures(app)


def test_of_other_weights_nothing_ships(monkeypatch, tmp_path):
    record = make_record(("contrast",), pictures=20)
    replace(record, record={"weights_sha256": "0" * 64}).save(tmp_path / "shifts.npz")
    monkeypatch.setattr(builtin, "SHIFTS", tmp_path / "shifts.npz")
    forget()
    app = open_app("light")
    forget()
    assert figures(app) == []
    assert told.NOT_YET in texts(app)


def test_without_a_record_it_says_what_to_do(nothing_ships):
    app = open_app("light")
    assert [node.value for node in app.main.header] == [told.ASKED]
    assert told.NOT_YET in texts(app)


@pytest.fixture(scope="module")
def measured():
    """Another network, whose contrast was measured on pictures of known classes."""
    app = upload(open_through(model_of("resnet", tiny_resnet), QUIET), {"mine.zip": zip_of(KNOWN)})
    go(app, "light")
    assert told.MEASURE_FIRST in texts(app)
    app.selectbox(key="measure").set_value("contrast")
    sound(app.run())
    return measure(app)


def test_ones_own_pictures_are_measured_when_asked_to(measured):
    assert figures(measured) == ALL
    said = texts(measured)
    assert "measured on your pictures (9); frozen at the mean over the other half" in said
    assert "All 7 lights of this choice are measured" in said
    assert not [node for node in measured.main.button if node.key == "measure shifts"]


def test_blocks_are_measured_on_demand(measured):
    choose(measured, "places", "single blocks")
    assert told.MEASURE_BLOCKS in texts(measured)
    measure(measured, "measure blocks")
    assert "shift-where-blocks" in figures(measured)
    assert not [node for node in measured.main.button if node.key == "measure blocks"]


def test_lights_that_are_done_are_not_measured_again(measured):
    done = []
    each = shifts.each_light

    def noting(*args):
        for result in each(*args):
            done.append(result.light.kind)
            yield result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shifts, "each_light", noting)
        measured.selectbox(key="measure").set_value("jpeg")
        sound(measured.run())
        (button,) = [node for node in measured.main.button if node.key == "measure shifts"]
        assert button.label == "Go on: 2 of 7 lights are measured"
        measure(measured)
    assert done == ["jpeg"] * 5


def test_what_was_stopped_goes_on(monkeypatch):
    app = upload(open_through(model_of("resnet", tiny_resnet), QUIET), {"mine.zip": zip_of(KNOWN)})
    go(app, "light").selectbox(key="measure").set_value("exposure")
    sound(app.run())
    each = shifts.each_light

    def stopped(*args):
        found = each(*args)
        for _ in range(3):
            yield next(found)
        raise StopException

    with monkeypatch.context() as patch:
        patch.setattr(shifts, "each_light", stopped)
        app.button(key="measure shifts").click()
        app.run()
    go(app, "light")
    assert "shift-course" in figures(app)
    app.selectbox(key="measure").set_value("exposure")
    sound(app.run())
    assert labelled(app.main.button, "Go on: 3 of 7 lights are measured")
    assert "All 7 lights" in texts(measure(app))


def test_where_nobody_knows_classes_it_is_agreement_and_called_that():
    app = upload(open_through(model_of("small", tiny), QUIET), {"mine.zip": zip_of(UNKNOWN)})
    go(app, "light").selectbox(key="measure").set_value("blur")
    sound(app.run())
    said = texts(measure(app))
    assert told.AGREEMENT in said
    assert "agreement with the network's own predictions before the shift, on 6 pictures" in said
    assert figure(app, "shift-course")["layout"]["yaxis"]["title"]["text"] == "agreement"


def test_pictures_of_one_class_have_no_gates_of_another():
    one = {f"thing 1/{n}.png": picture(n) for n in range(4)}
    app = upload(open_through(model_of("small", tiny), QUIET), {"mine.zip": zip_of(one)})
    go(app, "light").selectbox(key="measure").set_value("contrast")
    sound(app.run())
    assert told.NO_OTHER_CLASS in texts(measure(app))


def test_a_picture_that_is_gone_is_told_of():
    app = upload(open_through(model_of("small", tiny), QUIET), {"mine.zip": zip_of(UNKNOWN)})
    go(app, "light")
    mine(app).spool._places.popitem()
    app.button(key="measure shifts").click()
    assert "could not be read any more" in sound(app.run()).main.warning[0].value


def test_the_built_in_network_shows_both_and_opens_on_what_was_just_measured(shipped):
    folders = {f"{name}/{seed}.png": picture(seed) for name, seed in (("church", 3), ("tench", 5))}
    app = go(upload(open_app(QUIET), {"mine.zip": zip_of(folders)}), "light")
    assert not [node for node in app.segmented_control if node.key == "source"]
    app.selectbox(key="measure").set_value("contrast")
    sound(app.run())
    assert "frozen at the mean over the built-in" in texts(measure(app))
    assert app.segmented_control(key="source").value == told.SOURCES[1]
    choose(app, "source", told.SOURCES[0])
    assert "measured on the built-in validation set, 120 pictures" in texts(app)


def test_many_pictures_are_bounded(monkeypatch):
    monkeypatch.setattr(shifts, "MOST", 4)
    app = upload(open_through(model_of("small", tiny), QUIET), {"mine.zip": zip_of(UNKNOWN)})
    go(app, "light")
    assert "4 of your 6 pictures are taken, evenly spaced." in texts(app)
    assert labelled(app.main.button, told.measure(4, told.FIRST_FOUR))
