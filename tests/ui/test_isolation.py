"""Two people using the app at once share the network and nothing else."""

from __future__ import annotations

from se_viz.ui.state import resources
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import PAGES, go, legend, mine, open_app, sound, upload


def test_two_sessions_do_not_see_each_others_pictures():
    one, two = open_app(), open_app()
    upload(one, {"mine.zip": zip_of({"cats/secret.png": picture(1)})})
    upload(two, {"mine.zip": zip_of({"dogs/open.png": picture(2)})})
    assert mine(one).labels == ("cats",)
    assert mine(two).labels == ("dogs",)
    assert "dogs" not in legend(sound(one.run()))
    assert "cats" not in legend(sound(two.run()))
    for path in PAGES:
        assert "secret.png" not in everything(go(two, path))
    assert "secret.png" in everything(go(one, "pictures"))


def everything(app) -> str:
    """All that a page says."""
    return "\n".join([*(repr(node) for node in app.main), *(part.body for part in app.main.html)])


def test_the_same_picture_counts_in_each_session():
    one, two = open_app(), open_app()
    upload(one, {"a.png": picture(1)})
    upload(two, {"b.png": picture(1)})
    assert not mine(two).skipped
    assert [shot.name for shot in mine(two).shots] == ["b.png"]


def test_labels_and_removal_stay_in_their_session():
    one, two = open_app(), open_app()
    for app in (one, two):
        upload(app, {"mine.zip": zip_of({"cats/1.png": picture(1)})})
    mine(one).rename({0: "lions"})
    one.sidebar.button(key="forget").click()
    sound(one.run())
    assert not len(mine(one))
    assert mine(two).labels == ("cats",)
    assert "cats" in legend(sound(two.run()))


def test_sessions_share_one_network():
    upload(open_app(), {"a.png": picture(1)})
    first = resources.probe()
    upload(open_app(), {"a.png": picture(1)})
    assert resources.probe() is first
