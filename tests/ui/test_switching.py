"""Another network, from the zoo or by a link: pictures stay, only what is missing is computed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from se_viz.engines import local
from se_viz.nets.builtin import NAME, TITLE, UNTRAINED, UNTRAINED_TITLE
from se_viz.pictures import Source
from se_viz.ui.escaping import sentence
from se_viz.ui.state import models
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import (
    PAGES,
    blocks,
    choose,
    figures,
    go,
    labelled,
    legend,
    mine,
    open_app,
    pick,
    shows,
    sound,
    upload,
)

FILES = {"cats/1.png": picture(1), "cats/2.png": picture(2), "3.png": picture(3)}
AWAY, WHY = "away", "Away could not be fetched: there is no network."


@pytest.fixture(autouse=True)
def zoo(monkeypatch):
    """Two networks that are here, and one that cannot be had."""

    def fail(progress):
        progress(10, 100)
        raise ValueError(WHY)

    known = {name: models.of_zoo(name).entry for name in (NAME, UNTRAINED)}
    away = replace(known[UNTRAINED], name=AWAY, title="Away", local=lambda: False, load=fail)
    monkeypatch.setattr(models, "_zoo", lambda: known | {AWAY: replace(away, size=12_000_000)})


@pytest.fixture
def read(monkeypatch) -> list[tuple[str, tuple[str, ...]]]:
    """Every run of a session's pictures: through which network, and which pictures."""
    runs, real = [], local.read_pictures
    ours = {f"{number}.png" for number in range(1, 6)}

    def noted(probe, sources, *arguments, **options):
        sources = list(sources)
        given = [source.name for source in sources if isinstance(source, Source)]
        names = tuple(name for name in given if name in ours)
        runs.extend([(probe.network.name, names)] if names else [])
        return real(probe, sources, *arguments, **options)

    monkeypatch.setattr(local, "read_pictures", noted)
    return runs


@pytest.fixture
def app(read):
    return upload(open_app(), {"mine.zip": zip_of(FILES)})


def offer(app, name: str):
    """Choose a network on its page."""
    go(app, "network")
    labelled(app.main.selectbox, "Network").set_value(name)
    return sound(app.run())


def use(app, name: str):
    """Choose a network on its page and press the button."""
    offer(app, name).main.button(key="use").click()
    return sound(app.run())


def title(app) -> str:
    """The network that a page about networks shows."""
    return go(app, "network").main.header[0].value.removeprefix("The network: ")


@pytest.mark.long
def test_pictures_stay_and_are_computed_once_for_each_network(app, read):
    before = mine(app).reading
    names = tuple(shot.name for shot in mine(app).shots)
    assert names == ("3.png", "1.png", "2.png")
    use(app, UNTRAINED)
    for path in PAGES:
        go(app, path)
    assert read == [(NAME, names), (UNTRAINED, names)]
    assert mine(app).reading.outputs.tolist() != before.outputs.tolist()
    assert tuple(shot.name for shot in mine(app).shots) == names
    use(app, NAME)
    go(app, "gates")
    use(app, UNTRAINED)
    assert len(read) == 2
    use(app, NAME)
    assert mine(app).reading is before


def test_only_what_is_missing_is_computed(app, read):
    use(app, UNTRAINED)
    upload(app, {"4.png": picture(4), "5.png": picture(5)})
    assert read[2:] == [(UNTRAINED, ("4.png", "5.png"))]
    use(app, NAME)
    assert read[3:] == [(NAME, ("4.png", "5.png"))]
    assert len(mine(app)) == len(mine(app).reading) == 5


def test_guesses_follow_the_network_and_given_classes_stay(app):
    names = models.of_zoo(NAME).entry.classes
    assert names == 10
    first = mine(app).labels
    guesses = {}
    for name in (UNTRAINED, NAME):
        use(app, name)
        reading = mine(app).reading
        guesses[name] = reading.labels[0]
        assert mine(app).labels == (reading.labels[0], "cats", "cats")
    assert mine(app).labels == first
    assert guesses[NAME] != guesses[UNTRAINED]  # else this test says nothing


def test_what_was_chosen_for_the_last_network_does_not_break_the_next(app):
    app.session_state["show"] = "mine"
    pick(go(app, "gates"), "blocks", "SE_2_1", "stage 5")
    pick(app, "classes", "tench", "cats")
    choose(app, "look", "Within one class")
    use(app, UNTRAINED)
    go(app, "gates")
    assert not app.error
    assert len(blocks(app)) == 6
    assert {"cats", "all"} <= set(legend(app))
    assert app.multiselect(key="classes").value == list(mine(app).group().profile.classes)


def test_a_link_to_what_another_network_has_opens_all_the_same():
    app = open_app(model=UNTRAINED, classes=["church"], blocks=["SE_9_9"], block="SE_9_9")
    for path in PAGES:
        assert shows(go(app, path), path)


def test_the_network_that_is_shown_cannot_be_chosen_again(app):
    assert offer(app, NAME).main.button(key="use").disabled
    assert not offer(app, UNTRAINED).main.button(key="use").disabled


def test_the_sidebar_names_another_network(app):
    assert UNTRAINED_TITLE not in " ".join(line.value for line in app.sidebar.caption)
    use(app, UNTRAINED)
    assert f"Network: **{UNTRAINED_TITLE}**" in [line.value for line in app.sidebar.caption]


def test_a_link_shows_its_network_in_a_new_session():
    app = open_app(model=UNTRAINED)
    assert not app.warning
    assert title(app) == UNTRAINED_TITLE
    assert app.query_params["model"] == UNTRAINED


def test_the_link_follows_the_network():
    app = use(open_app(), UNTRAINED)
    assert app.query_params["model"] == UNTRAINED
    use(app, NAME)
    assert "model" not in app.query_params


@pytest.mark.parametrize("query", ["nonsense", "../etc/passwd", "", "<script>", "x" * 500])
def test_a_link_to_an_unknown_network_is_explained(query):
    app = open_app(model=query)
    said = [box.value for box in app.main.warning]
    assert said == [
        sentence(
            f"This link asks for the network {query[:80]!r}, which is not known here, "
            "so this is the built-in network."
        )
    ]
    assert title(app) == TITLE
    assert "model" not in app.query_params


def test_a_link_to_a_network_that_is_not_here_is_explained():
    app = open_app(model=AWAY)
    (said,) = (box.value for box in app.main.warning)
    assert said.startswith("This link asks for Away, which is not on this machine yet.")
    assert title(app) == TITLE
    use(app, UNTRAINED)
    assert not app.main.warning


def test_a_download_that_fails_is_explained_and_changes_nothing(app, read):
    classes = app.multiselect(key="classes").value
    assert offer(app, AWAY).main.button(key="use").label == "Fetch 12 MB and use it"
    app.main.button(key="use").click()
    assert [box.value for box in sound(app.run()).main.error] == [WHY]
    assert title(app) == TITLE
    assert len(read) == 1
    assert go(app, "gates").multiselect(key="classes").value == classes
    assert not app.error


def test_a_network_that_can_no_longer_be_had_gives_way_to_the_built_in_one(monkeypatch):
    known = models._zoo()
    gone = replace(known[AWAY], name="gone", local=lambda: True)
    monkeypatch.setattr(models, "_zoo", lambda: known | {"gone": gone})
    app = open_app(model="gone")
    said = [box.value for box in app.main.warning]
    assert said == [f"{WHY} So this is {TITLE}."]
    assert figures(app)
    assert title(app) == TITLE
