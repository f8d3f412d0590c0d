"""A family of networks that is one more line of the zoo."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from se_viz import cli
from se_viz.nets import builtin_family, zoo
from se_viz.ui.state import models
from tests.ui.driver import labelled, open_app
from tests.ui.networks import model_of, tiny


@pytest.fixture
def toy(monkeypatch):
    entry = replace(
        builtin_family.entries()[1],
        name="toy",
        title="A toy",
        family="Toys",
        load=model_of("toy", tiny).load,
    )
    monkeypatch.setattr(zoo, "FAMILIES", [*zoo.FAMILIES, lambda: [entry]])
    models._zoo.clear()  # the server reads the list once
    yield entry
    models._zoo.clear()


def test_it_is_listed_on_the_command_line(toy, capsys):
    assert cli.main(["models", "--json"]) == 0
    (found,) = (row for row in json.loads(capsys.readouterr().out) if row["name"] == "toy")
    assert found["family"] == "Toys"


def test_its_gates_are_read_on_the_command_line(toy, tmp_path, capsys):
    assert cli.main(["check", "--model", "toy"]) == 0
    assert "self-check passed" in capsys.readouterr().out


def test_it_can_be_chosen_on_the_page(toy):
    app = open_app("network")
    box = labelled(app.main.selectbox, "Network")
    assert any(option.startswith("A toy (10 classes") for option in box.options)
