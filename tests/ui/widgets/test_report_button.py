"""What a session remembers of its figures, and the report that it saves."""

from __future__ import annotations

import base64
import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from se_viz.figures.entry import FigureEntry
from se_viz.figures.style.offline import library
from se_viz.nets import builtin
from se_viz.ui.state.history import MOST, Moment, Noted, Notes
from se_viz.ui.widgets import report_button
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import choose, open_app, sound, upload
from tests.ui.driver import go as turn_to
from tests.ui.networks import model_of, open_through, tiny
from tests.ui.saving import saving

REPORT = "se-viz-report.html"
PNG = base64.b64encode(b"\x89PNG\r\n\x1a")[:8]
SECRET = {"cats/secret.png": picture(71), "dogs/other.png": picture(72)}


@pytest.fixture(scope="module")
def network():
    return model_of("noted", tiny)


def words(html: bytes) -> str:
    """Everything but scripts and files."""
    return re.sub('<script.*?</script>|base64,[^"]*', "", html.decode(), flags=re.S)


def headings(html: bytes) -> list[str]:
    return re.findall("<h2>([^<]*)</h2>", html.decode())[:-1]


def test_it_holds_what_was_looked_at_as_it_was_last():
    with saving() as files:
        app = choose(open_app(), "look", "Heatmap")
        turn_to(app, "network")
        html = files[REPORT]()
    assert headings(html) == [
        *("Gate histograms", "Gates by class", "Gate heatmap"),
        *("Blocks", "Confusion", "Training"),
    ]
    assert builtin.TITLE in html.decode()
    assert "ships with SE-Viz" in html.decode()


def test_without_thumbnails_no_figure_holds_a_picture_either(network):
    app = turn_to(upload(open_through(network), {"mine.zip": zip_of(SECRET)}), "picture")
    kept = app.session_state["notes"]
    pictures = [report_button.write(kept, on).count(PNG) for on in (True, False)]
    assert pictures[0] > pictures[1] == library().encode().count(PNG)


def test_thumbnails_can_be_left_out(network):
    with saving() as files:
        app = upload(open_through(network), {"mine.zip": zip_of(SECRET)})
        whole = files[REPORT]().decode()
        app.sidebar.checkbox(key="with thumbnails").uncheck()
        sound(app.run())
        bare = files[REPORT]().decode()
    (first, _) = app.session_state["collection"].shots
    small = base64.b64encode(first.thumbnail).decode()
    assert small in whole
    assert "class: cats" in whole
    assert small not in bare
    assert headings(whole.encode())[1:] == headings(bare.encode())


def test_it_knows_nothing_of_another_session(network):
    with saving() as one:
        upload(open_through(network), {"mine.zip": zip_of(SECRET)})
    with saving() as two:
        choose(open_through(network), "look", "Violins")
    html = two[REPORT]().decode()
    assert "secret.png" in one[REPORT]().decode()
    assert "secret.png" not in html
    assert headings(html.encode()) == ["Gate histograms", "Gates by class", "Gate violins"]
    assert "Gate violins" not in headings(one[REPORT]())


def test_removed_pictures_leave_it(network):
    with saving() as files:
        app = upload(open_through(network), {"mine.zip": zip_of(SECRET)})
        assert "secret.png" in words(files[REPORT]())
        turn_to(app, "network")
        app.sidebar.button(key="forget").click()
        sound(app.run())
        html = files[REPORT]()
    assert "secret.png" not in html.decode()
    assert "cats" not in words(html)
    assert headings(html) == ["Blocks"]


def test_another_network_starts_a_new_one(network):
    with saving() as files:
        app = open_through(network)
        assert "Gates by class" in headings(files[REPORT]())
        turn_to(app, "network")
        app.main.selectbox[0].select(builtin.NAME)
        sound(app.run())
        app.main.button(key="use").click()
        sound(app.run())
        html = files[REPORT]()
    assert headings(html) == ["Blocks", "Confusion", "Training"]
    assert builtin.TITLE in html.decode()


def test_of_too_many_figures_the_oldest_is_forgotten():
    notes, moment = Notes(), Moment("", "")
    figure, table = go.Figure(), pd.DataFrame()
    for number in range(MOST + 3):
        entry = FigureEntry(f"figure {number}", go.Figure, "")
        notes.add(Noted(entry, figure, table, "", moment))
    notes.add(Noted(FigureEntry("figure 5", go.Figure, "newer"), figure, table, "", moment))
    names = list(notes.figures)
    assert len(names) == MOST
    assert names[0] == "figure 3"
    assert names[-1] == "figure 5"
    assert notes.figures["figure 5"].entry.how == "newer"
    assert notes.figures["figure 5"].figure is figure
