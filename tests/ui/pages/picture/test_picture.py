"""One picture from the inside: blocks, steps, channels, and what stays when a file is gone."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace

import numpy as np
import pytest

from se_viz.pictures import PictureError
from se_viz.probe.gates import recompute
from se_viz.probe.probe import Probe
from se_viz.ui.pages.picture import tensors
from se_viz.ui.state import chosen_block
from se_viz.ui.widgets.picture_picker import Subject
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import (
    QUIET,
    choose,
    components,
    figure,
    figures,
    go,
    labelled,
    open_app,
    panels,
    sound,
    upload,
)
from tests.ui.networks import model_of, open_through, tiny

USUAL = ["squeeze-and-gate", "squeeze-against-gate"]
STEPS = {
    "Squeeze": ["feature-maps", "squeezes"],
    "Excite": ["excitation"],
    "Scale": ["before-and-after"],
}
SIX = (8,) * 6
FOLDERS = {f"{name}/{seed}.png": picture(seed) for seed, name in enumerate("aabb")}


def open_tiny(widths: tuple[int, ...] = (16, 8)):
    """The page, through a tiny network, the same one for the same widths."""
    return open_through(model_of(f"picture {widths}", lambda: tiny(widths)), "picture")


@pytest.fixture
def runs(monkeypatch) -> list[str]:
    """Blocks that the network was run for."""
    ran, real = [], Probe.inside
    monkeypatch.setattr(
        Probe,
        "inside",
        lambda self, model_inputs, block: ran.append(block) or real(self, model_inputs, block),
    )
    return ran


def text_of(app) -> str:
    return "\n".join(line.value for line in app.main.markdown)


def step(app) -> str:
    return app.segmented_control(key="step").value


def block(app) -> str:
    return app.query_params["block"]


def slide(app, name: str):
    app.session_state[chosen_block.CHOSEN] = name
    return sound(app.run())


def press(app, label: str):
    app.button(key=f"walk {label}").click()
    return sound(app.run())


def unfold(app):
    """Open what stands lowest on the page."""
    app.session_state["usual"] = True
    return sound(app.run())


def test_a_stimulus_stands_in_for_uploads_and_another_can_be_chosen():
    app = open_tiny()
    assert "rendered by our own code" in app.main.caption[0].value
    pick = labelled(app.main.selectbox, "Picture")
    before = figure(app, "all-gates")
    pick.select(pick.options[-1])
    assert figure(sound(app.run()), "all-gates") != before


def test_one_of_ones_own_pictures_and_a_block_are_chosen():
    app = unfold(go(upload(open_app(QUIET), {"mine.zip": zip_of(FOLDERS)}), "picture"))
    pick = labelled(app.main.selectbox, "Picture")
    assert pick.options == ["0.png · a", "1.png · a", "2.png · b", "3.png · b"]
    assert not app.main.info
    before = figure(app, "squeeze-and-gate")["data"]
    pick.select("3.png · b")
    other = figure(sound(app.run()), "squeeze-and-gate")["data"]
    assert before != other
    slide(app, "SE_2_1")
    assert figure(app, "squeeze-and-gate")["data"] != other
    assert "In SE_2_1, each of the **128** channels" in text_of(app)
    assert panels(app, "all-gates") == ["<b>SE_2_1</b>"]
    before = figure(app, "squeeze-and-gate")
    assert figure(choose(app, "sorted", "by mean gate"), "squeeze-and-gate") != before


def test_all_gates_come_first_and_each_step_has_its_figures():
    app = open_tiny()
    for name, drawn in STEPS.items():
        choose(app, "step", name)
        assert figures(app) == ["all-gates", *drawn, "contribution"]
        assert app.main.subheader[0].value.split(": ")[0].endswith(name)
        assert "half of the block's output is carried by" in text_of(app)


def test_back_and_next_walk_from_step_to_step_and_from_block_to_block():
    app = open_tiny()
    seen = [(block(app), step(app))]
    assert app.button(key="walk Back").disabled
    while not app.button(key="walk Next").disabled:
        press(app, "Next")
        seen.append((block(app), step(app)))
    assert seen == [(name, one) for name in ("SE_1", "SE_2") for one in STEPS]
    for expected in seen[-2::-1]:
        press(app, "Back")
        assert (block(app), step(app)) == expected


def test_a_link_that_holds_a_step_is_walked_on_from_there():
    model = model_of("picture linked", lambda: tiny((16, 8)))
    app = open_through(model, "picture", step="Scale", block="SE_1")
    assert not app.button(key="walk Back").disabled
    press(app, "Next")
    assert (block(app), step(app)) == ("SE_2", "Squeeze")


def test_the_only_block_is_walked_without_a_ribbon():
    app = open_tiny((8,))
    assert [part.key for part in components(app)] == ["scenes here"]
    press(press(app, "Next"), "Next")
    assert step(app) == "Scale"
    assert app.button(key="walk Next").disabled


def test_a_link_holds_block_step_and_channels():
    app = open_app(block="SE_5_3", step="Scale", which="by number", numbers="3, 17")
    app._page_hash = next(
        key for key, page in app._registered_pages.items() if page["url_pathname"] == "picture"
    )
    sound(app.run())
    assert (block(app), step(app)) == ("SE_5_3", "Scale")
    assert [text for text in panels(app, "before-and-after") if text.startswith("channel")] == [
        "channel 3",
        "channel 17",
    ]


@pytest.mark.parametrize(
    ("which", "key", "sign"),
    [("highest gate", "gate", -1), ("lowest gate", "gate", 1), ("most changed", "change", -1)],
)
def test_channels_to_look_at(which, key, sign):
    app = choose(open_tiny(), "which", which)
    (kept,) = app.session_state["inside"].values()
    change = np.abs(kept.x - kept.u).mean((0, 1))
    values = {"gate": kept.s, "change": change}[key]
    best = np.argsort(sign * values, kind="stable")[:8]
    titles = [text for text in panels(app, "feature-maps") if "channel" in text]
    assert [int(text.split("<")[1].split()[-1]) for text in titles] == best.tolist()


def maps_of(app) -> set[int]:
    """Channels of which there is a feature map."""
    if "feature-maps" not in figures(app):
        return set()
    titles = (text for text in panels(app, "feature-maps") if "channel" in text)
    return {int(text.split("<")[1].split()[-1]) for text in titles}


def told(app) -> set[int]:
    """Channels that the words around the step name."""
    said = next(line for line in text_of(app).split("\n") if line.startswith("In SE_1, "))
    return {int(number) for number in re.findall(r"[Cc]hannel \**(\d+)", said)}


@pytest.mark.parametrize("numbers", ["5", "11, 3", "0-7", "99"])
def test_words_name_only_channels_that_are_drawn(numbers):
    app = choose(open_tiny(), "which", "by number")
    app.text_input(key="numbers").set_value(numbers)
    drawn = maps_of(sound(app.run()))
    for name in ("Squeeze", "Scale"):
        choose(app, "step", name)
        assert told(app) <= drawn
        assert bool(told(app)) == bool(drawn)


def test_a_dead_channel_is_announced_where_there_is_one():
    app = open_tiny()
    title = "A high gate on a dead channel does nothing"
    (kept,) = app.session_state["inside"].values()
    for dead in (False, True):
        kept.s[3], kept.x[..., 3] = 0.97, 0.97 * kept.u[..., 3]
        if dead:
            kept.u[..., 3] = kept.x[..., 3] = 0
        sound(app.run())
        assert (title in [line.value for line in app.main.subheader]) == dead
        assert ("Channel **3** has a gate of **0.97** and is 0 everywhere" in text_of(app)) == dead


def test_channels_by_number_say_what_is_none():
    app = choose(open_tiny(), "which", "by number")
    app.text_input(key="numbers").set_value("2, 99, 5-6")
    sound(app.run())
    assert len(panels(app, "feature-maps")) == 1 + 3
    assert app.main.info[0].value == (
        "“99” is no channel of this block, whose channels are 0 to 15."
    )
    app.text_input(key="numbers").set_value("")
    assert "feature-maps" not in figures(sound(app.run()))
    assert app.main.info[0].value == "No channel is named."


def test_steps_and_channels_cost_nothing_and_four_blocks_are_kept(runs):
    app = open_tiny(SIX)
    for name in STEPS:
        choose(app, "step", name)
    choose(app, "which", "lowest gate")
    assert runs == ["SE_2"]
    for name in ("SE_1", "SE_2", "SE_3", "SE_4"):
        slide(app, name)
    assert runs == ["SE_2", "SE_1", "SE_3", "SE_4"]
    slide(app, "SE_5")
    assert [key[2] for key in app.session_state["inside"]] == ["SE_2", "SE_3", "SE_4", "SE_5"]


def test_large_blocks_make_room_for_one_another(runs, monkeypatch):
    monkeypatch.setattr(tensors, "ROOM", 1)
    app = open_tiny()
    slide(app, "SE_2")
    assert [key[2] for key in app.session_state["inside"]] == ["SE_2"]


def test_a_picture_that_is_gone_gets_a_sentence_and_the_rest_still_shows(monkeypatch):
    def gone(self):
        raise PictureError("a.png is no longer at hand, so it has to be added again.")

    monkeypatch.setattr(Subject, "model_input", gone)
    app = unfold(choose(open_tiny(), "which", "most changed"))
    assert "these have the highest gates" in app.main.info[0].value
    assert app.main.warning[0].value.startswith("a.png is no longer at hand")
    shown = {"Squeeze": ["squeezes"], "Excite": ["excitation"], "Scale": []}
    for name, drawn in shown.items():
        choose(app, "step", name)
        assert figures(app) == ["all-gates", *drawn, *USUAL]
        assert len(app.main.warning) == 1


def test_a_bottleneck_that_cannot_be_computed_is_said_to_be_so(monkeypatch):
    def unknown(site, squeeze):
        raise ValueError("d applies softmax, which the self-check does not know.")

    monkeypatch.setattr(recompute, "bottleneck", unknown)
    app = choose(open_tiny(), "step", "Excite")
    assert app.main.info[0].value == (
        "The bottleneck of this block is not shown. d applies softmax, which the self-check does "
        "not know."
    )
    assert len(panels(app, "excitation")) == 2


def test_removing_pictures_forgets_what_was_inside_them():
    app = go(upload(open_tiny(), {"mine.zip": zip_of(FOLDERS)}), "picture")
    assert len(app.session_state["inside"]) == 2
    labelled(app.sidebar.button, "Remove all pictures").click()
    sound(app.run())
    digests = {key[1] for key in app.session_state["inside"]}
    assert len(digests) == 1
    assert "rendered by our own code" in app.main.caption[0].value


def test_the_usual_gates_are_drawn_when_they_are_asked_for():
    app = open_tiny()
    assert not set(USUAL) & set(figures(app))
    assert figures(unfold(app))[-2:] == USUAL


def test_what_is_inside_can_be_saved():
    app = open_tiny()
    assert "save SE_1-inside.npz" in [button.key for button in app.main.download_button]
    (kept,) = app.session_state["inside"].values()
    bottleneck, of_file = np.ones(4, np.float32), SimpleNamespace(file="", page=None)
    subject = SimpleNamespace(name="a.png", digest="d" * 64, of_file=of_file)
    saved = np.load(io.BytesIO(tensors.npz(kept, bottleneck, subject, "SE_1", "f" * 64)))
    assert {saved[key].dtype for key in ("u", "z", "hidden", "s", "x")} == {np.dtype("f4")}
    np.testing.assert_array_equal(saved["u"], kept.u)
    np.testing.assert_allclose(saved["x"], saved["u"] * saved["s"], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(saved["z"], saved["u"].mean((0, 1)), atol=1e-5)
    assert (saved["picture"], saved["block"]) == ("a.png", "SE_1")
    assert "hidden" not in np.load(io.BytesIO(tensors.npz(kept, None, subject, "SE_1", "f")))
