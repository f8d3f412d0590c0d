"""The lab's first view: pictures that flip as gates are moved, and how many are right."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from se_viz.experiments.sweep_tables import sweep_table
from se_viz.pictures.rendered import scenes
from se_viz.ui.pages.lab import shown
from se_viz.ui.state import resources
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import QUIET, choose, go, mine, open_app, pick, sound, upload
from tests.ui.networks import model_of, open_through, tiny
from tests.ui.saving import manifest, saving

OWN = {
    f"{name}/{seed}.png": picture(seed + len(name))
    for name in ("church", "tench")
    for seed in (1, 9)
}


def title(app) -> str:
    return app.main.header[0].value


def texts(app) -> str:
    return "\n".join(node.value for node in (*app.main.markdown, *app.main.caption))


def move(app, share: float):
    app.slider(key="share").set_value(share)
    return sound(app.run())


@pytest.fixture
def app():
    return open_app("lab")


def test_untouched_all_gates_are_bypassed_over_the_scenes_and_it_points_as_the_sweep_does(app):
    with saving() as files:
        sound(app.run())
    wall = pd.read_csv(io.BytesIO(files["wall.csv"]()))
    assert len(wall) == len(scenes()) == 29
    flips = int((wall["before"] != wall["after"]).sum())
    said = f"Without its gates, the network changes its mind on {flips} of 29 pictures"
    assert title(app) == said
    right = [int((wall[when] == wall["class"]).sum()) for when in ("before", "after")]
    whole = sweep_table(resources.shipped_sweep()).query("where == 'all' and how == 'bypass'")
    (change,) = whole["change"]
    assert right[1] < right[0]
    assert change < 0
    before, after = (float(whole[f"accuracy_{when}"].iloc[0]) for when in ("before", "after"))
    assert f"{100 * before:.1f}% → {100 * after:.1f}%" in texts(app)
    panel = next(node.body for node in app.main.html if "right-of" in node.body)
    assert all(f">{100 * count / 29:.1f}%<" in panel for count in right)
    assert manifest(files, "wall")["settings"]["share"] == 1


def test_the_title_follows_the_slider_down_to_as_learned(app):
    assert "50% of the way to 1, the network changes its mind" in title(move(app, 0.5))
    assert title(move(app, 0.0)).startswith("As learned, the network gets 2")
    assert title(move(app, 1.0)).startswith("Without its gates")


def test_other_ends_are_the_mean_and_nothing(app):
    assert title(choose(app, "end", "mean")).startswith("With every gate frozen at its mean")
    assert "by the sweep that ships" in texts(app)
    assert title(choose(app, "end", "0")).startswith("With all blocks set to 0")
    assert "Not measured on the 3,925 validation pictures in this form" in texts(app)


def test_a_step_back_passes_no_picture_again(app, monkeypatch):
    move(app, 0.5)
    move(app, 1.0)
    calls = []
    real = resources.probe().runtime.edited
    monkeypatch.setattr(
        resources.probe().runtime, "edited", lambda *given: calls.append(1) or real(*given)
    )
    move(app, 0.5)
    assert not calls


def test_all_and_some_exclude_one_another_and_the_link_holds_where(app):
    assert app.query_params["at"] == "all"
    pick(app, "at", "all", "stage 3")
    assert app.multiselect(key="at").value == ["stage 3"]
    assert app.query_params["at"] == "stage 3"
    pick(app, "at", "stage 3", "all")
    assert app.multiselect(key="at").value == ["all"]


def test_links_of_before_mean_the_last_stage_where_they_do_not_say(app):
    assert open_app("lab", do="freeze").multiselect(key="at").value == ["stage 5"]
    assert open_app("lab", do="freeze", at="all").multiselect(key="at").value == ["all"]


def test_ones_own_pictures_stand_there_and_those_without_a_class_are_named():
    app = go(upload(open_app(QUIET), {"mine.zip": zip_of(OWN | {"cat/3.png": picture(30)})}), "lab")
    assert title(app).endswith("of 5 pictures")
    said = texts(app)
    assert "Accuracy on these 4 of 5" in said
    assert "Left out of the accuracy, as their class is none of this network: 3.png (cat)." in said


def test_of_many_pictures_some_are_shown_and_it_says_so(monkeypatch):
    monkeypatch.setattr(shown, "MOST", 3)
    app = go(upload(open_app(QUIET), {"mine.zip": zip_of(OWN)}), "lab")
    assert title(app).endswith("of 3 pictures")
    assert "Of your 4 pictures, 3 stand here, evenly spaced by their order." in texts(app)


def test_a_picture_whose_file_is_gone_is_left_out_by_its_name():
    app = upload(open_app(QUIET), {"mine.zip": zip_of(OWN)})
    last = mine(app).shots[-1]
    mine(app).spool._places.pop(last.digest)
    assert title(go(app, "lab")).endswith("of 3 pictures")
    assert f"could not be read any more: {last.name}." in texts(app)


def test_a_network_of_other_classes_has_a_wall_and_no_accuracy():
    app = open_through(model_of("walled", tiny), "lab")
    assert title(app).endswith("of 29 pictures")
    assert "Left out of the accuracy, as their class is none of this network" in texts(app)
    assert not [node for node in app.main.html if "right-of" in node.body]
