"""An engine is one file and one line; whoever reads pictures asks the list."""

from __future__ import annotations

import pytest

from se_viz.cli import pictures
from se_viz.engines import catalogue, local
from se_viz.engines.base import Chunk
from se_viz.experiments.predict import PictureLog
from se_viz.pictures import Skipped


class Elsewhere:
    """Reads nothing, and says so of each source."""

    def read_pictures(self, probe, sources, limits=None, thumbnails=True, known=None, edit=None):
        for source in sources:
            yield Chunk(None, (), (Skipped(source.name, f"{source.name} is elsewhere."),))


def test_pictures_are_read_in_this_process_unless_something_else_is_asked_for():
    assert catalogue.engine() is local
    with pytest.raises(KeyError):
        catalogue.engine("elsewhere")


def test_another_engine_takes_its_place(monkeypatch, capsys):
    monkeypatch.setitem(catalogue.ENGINES, catalogue.LOCAL, Elsewhere())
    sources = [Skipped(f"{number}.png", "it is lost.") for number in range(3)]
    log = PictureLog()
    assert not list(pictures.readings(sources, None, log))
    assert len(log.skipped) == 3
    said = capsys.readouterr().err
    assert [f"{number}.png is elsewhere." in said for number in range(3)] == [True] * 3
