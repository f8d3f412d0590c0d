"""What it costs: everything follows what is chosen."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from typing import ClassVar

import pytest

from se_viz.complexity import Config
from se_viz.experiments import timing
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.ui.pages.cost import measured, module
from tests.ui.driver import choose, figure, figures, go, open_app, sound


@pytest.fixture
def page():
    return open_app("cost")


def formula(app) -> str:
    return figure(app, "added-weights")["layout"]["annotations"][-1]["text"]


def test_r_turns_formula_title_and_mark(page):
    assert "= 2,514,944" in formula(page)
    page.main.select_slider(key="r").set_value("4")
    sound(page.run())
    assert "(2 / 4)" in formula(page)
    assert page.main.header[0].value == "What it costs: 39.36% more weights"
    marked = [t["text"][0] for t in figure(page, "trade-off")["data"] if "text" in t]
    assert [text for text in marked if "<b>" in text] == ["<b>r = 4<br>22.25%</b>"]
    assert page.query_params["r"] == "4"


def test_a_stage_that_is_switched_off_leaves_bar_and_sum(page):
    page.main.button_group(key="stages").set_value(["2", "3", "4"])
    assert "= 942,080" in formula(sound(page.run()))
    names = [trace["name"] for trace in figure(page, "added-weights")["data"]]
    assert names == 3 * ["stage 2", "stage 3", "stage 4"]


def test_each_stage_may_have_its_own_r(page):
    app = open_app("cost", each="true", r5="4")
    assert "3·2,048² / 4" in formula(app).replace("<br>", " ")
    assert "4 in stage 5" in app.main.markdown[0].value
    assert not [t for t in figure(app, "trade-off")["data"] if "<b>" in str(t.get("text"))]
    assert app.main.select_slider(key="r").disabled
    app.main.select_slider(key="r2").set_value("2")
    assert "3·256² / 2 " in formula(sound(app.run())).replace("<br>", " ")
    app.main.toggle(key="each").set_value(False)
    assert "(2 / 16)" in formula(sound(app.run()))
    assert not app.main.select_slider(key="r").disabled


def test_what_differs_from_the_papers_network_is_named():
    app = go(open_app(), "cost", width="1/2", place="post", biases="true")
    assert (
        "r = 16, 0.5 times as wide, with biases, SE after the sum. " in app.main.markdown[0].value
    )
    app.main.button_group(key="stages").set_value(["2", "3"])
    assert "SE in stages 2 and 3 alone" in sound(app.run()).main.markdown[0].value


def test_where_resolution_is_halved_is_asked_of_bottlenecks_alone(page):
    assert [group.key for group in page.main.button_group].count("stride") == 1
    assert "stride" not in [group.key for group in choose(page, "depth", "18").main.button_group]


def test_without_any_stage_it_says_so(page):
    page.main.button_group(key="stages").set_value([])
    assert "switch a stage on" in sound(page.run()).main.markdown[0].value


def test_without_any_stage_there_is_nothing_to_time():
    app = open_app("cost", times="true", depth="18")
    assert [button for button in app.main.button if button.key == "time it"]
    app.main.button_group(key="stages").set_value([])
    assert not [button for button in sound(app.run()).main.button if button.key == "time it"]


def test_inception_has_its_modules_in_the_formula(page):
    choose(page, "depth", "Inception-v3")
    assert page.main.header[0].value == "What it costs: 6.93% more weights"
    assert "5·768² + 1·1,280² + 2·2,048²" in formula(page).replace("<br>", " ")
    assert figure(page, "added-weights")["data"][0]["name"] == "35 x 35"
    assert "after each of its eleven modules" in page.main.markdown[0].value
    choose(page, "depth", "Inception-ResNet-v2")
    assert page.main.header[0].value == "What it costs: 15.22% more weights"


def test_a_module_is_drawn_beside_the_plain_one_when_asked_for(page):
    assert "module" not in figures(page)
    drawn = open_app("cost", module="true", depth="18", width="1/4")
    texts = [note["text"] for note in figure(drawn, "module")["layout"]["annotations"]]
    assert "<b>ResNet-18, second block of stage 3</b>" in texts
    assert "<b>SE-ResNet-18, second block of stage 3</b>" in texts
    assert "dense, sigmoid" in texts
    assert "too large" in open_app("cost", module="true", width="2").main.info[0].value


def test_the_papers_choices_tried_again_are_asked_in_every_light(page):
    def drawn(app) -> dict:
        return {trace.get("name"): trace for trace in figure(app, "replication")["data"]}

    said = "\n".join(node.value for node in page.main.markdown)
    assert "**no ratio can be told from r = 16** (differences of 2.5 points could" in said
    assert "the paper, quoted: one run on ImageNet" in drawn(page)
    lights = page.main.segmented_control(key="tried").options
    assert lights[:2] == ["as they are", "contrast 0.4"]
    assert "the paper, quoted: one run on ImageNet" not in drawn(choose(page, "tried", lights[1]))


def test_networks_are_timed_when_asked_for_beside_the_papers(page, monkeypatch):
    monkeypatch.setattr(timing, "ROUNDS", 3)
    assert "times" not in figures(page)
    app = open_app("cost", times="true", depth="18", width="1/4", px="96")
    assert "times" not in figures(app)
    app.main.button(key="time it").click()
    sound(app.run())
    ticks = figure(app, "times")["layout"]["yaxis"]["ticktext"]
    assert [tick.split(",")[0] for tick in ticks] == [
        *("without SE", "and squeeze", "and dense layers", "and scaling: with SE"),
        *("SE-ResNet-50: one picture on a CPU", "SE-ResNet-50: a training step on 8 GPUs"),
    ]
    assert any("SE-ResNet-18 takes" in text.value for text in app.main.markdown)


@pytest.mark.parametrize(
    ("asked", "value"),
    [({"r": "64"}, "64"), ({"each": "true", "r5": "7"}, "7"), ({"place": "3x3"}, "3x3")],
)
def test_what_a_network_cannot_have_is_said_of_a_link(asked, value):
    app = open_app("cost", depth="18", **asked)
    (told,) = app.main.info
    assert told.value == f"“{value}”, which the link asks for, is not to be had with this network."
    assert app.main.header[0].value == "What it costs: 0.74% more weights"


def test_who_leaves_while_another_network_is_timed_waits_no_more(monkeypatch):
    monkeypatch.setattr(measured, "WAIT", 0.001)
    waited: list[int] = []

    def waits() -> None:
        waited.append(1)
        if len(waited) == 3:
            raise RuntimeError("left")

    with measured._TURN, pytest.raises(RuntimeError, match="left"), measured._turn(waits):
        pass
    assert len(waited) == 3
    with measured._turn(waits):
        assert measured._TURN.locked()
    assert not measured._TURN.locked()


class Built:
    """What holds itself, as networks do; counts how many are there at once."""

    there: ClassVar[weakref.WeakSet[Built]] = weakref.WeakSet()
    most: ClassVar[int] = 0

    def __init__(self) -> None:
        self.own = self
        self.there.add(self)
        Built.most = max(Built.most, len(self.there))


def test_of_networks_that_are_drawn_one_is_there_at_a_time(monkeypatch):
    def steps_of(_: Config) -> tuple:
        Built()
        time.sleep(0.01)
        return ()

    monkeypatch.setattr(module, "steps_of", steps_of)
    gc.disable()
    try:
        sessions = [
            threading.Thread(target=module._steps.__wrapped__, args=(SEResNet(),)) for _ in range(5)
        ]
        for session in sessions:
            session.start()
        for session in sessions:
            session.join()
    finally:
        gc.enable()
    assert Built.most == 1
    assert not Built.there
