"""Pictures and what networks read of them stay together, whatever a person does, in any order.

The pictures are of one colour each and the networks are made up, so that everything that should be
read of a picture is known from its colour.
"""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from PIL import Image

from se_viz import profiles
from se_viz.nets.network import Network
from se_viz.pictures import Preprocessing, Source
from se_viz.probe.gates.blocks import Block
from se_viz.probe.reading import GIVEN, GUESSED, Reading
from se_viz.ui.state import inference, models, resources
from se_viz.ui.state.models import Model
from se_viz.ui.state.session import EDITED, NETWORKS, Collection
from tests.make import single
from tests.pictures.picture_files import pack

COLOURS = st.integers(0, 255)
LABELS = st.sampled_from(["cats", "dogs", None])
PLACES = ("builtin", "second", "third")
PREPROCESSING = Preprocessing(size=8, crop=1.0)
TEXTS = st.sampled_from(["lions", " ", "cats"])


@dataclass
class Pretended:
    """A network that reads the colour of a picture, each in its own way."""

    key: str
    batch: int = 2
    passes: int = 0

    @property
    def runtime(self) -> SimpleNamespace:
        return SimpleNamespace(title="pretended", precision="float32")

    @property
    def network(self) -> Network:
        names = tuple(f"{self.key} {kind}" for kind in ("even", "odd"))
        facts = (self.key, self.key, None, PREPROCESSING, names, self.key)
        return Network(*facts, output=single(names))

    @property
    def blocks(self) -> tuple[Block, ...]:
        return (Block("SE_1", 0, 1, 2, 2.0),)

    def read(self, model_inputs: np.ndarray) -> Reading:
        self.passes += len(model_inputs)
        colours = model_inputs[:, 0, 0, 0].tolist()
        gates = np.array([self.gates(colour) for colour in colours], np.float32)
        outputs = np.eye(2, dtype=np.float32)[[self.guess(colour) for colour in colours]]
        found = {"SE_1": gates}
        return Reading((), (), outputs, found, found, self.network.output)

    def gates(self, colour: int) -> tuple[float, float]:
        return colour / 255, PLACES.index(self.key) / 4

    def guess(self, colour: int) -> int:
        return (colour >> PLACES.index(self.key)) & 1


def bytes_of(colour: int) -> bytes:
    return pack(Image.new("RGB", (8, 8), (colour, colour, colour)))


COLOUR_OF = {hashlib.sha256(bytes_of(colour)).hexdigest(): colour for colour in range(256)}


class Session(RuleBasedStateMachine):
    """One person at work: every step ends like every run of the app, with catching up."""

    def __init__(self):
        super().__init__()
        self.mine, self.said = Collection(), {}
        self.probes = {key: Pretended(key) for key in PLACES}
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(resources, "probe", lambda model: self.probes[model.key])
        self.patch.setattr(models, "current", lambda: self.model(self.mine.network))

    def teardown(self):
        self.patch.undo()

    @staticmethod
    def model(key: str) -> Model:
        return Model(key, key, True, pytest.fail)

    def run_again(self):
        inference.catch_up(self.mine, models.current())

    @rule(colours=st.lists(COLOURS, min_size=1, max_size=5), label=LABELS)
    def upload(self, colours, label):
        files = [bytes_of(colour) for colour in colours]
        sources = [Source("a.png", label, lambda data=data: data) for data in files]
        new = {hashlib.sha256(data).hexdigest() for data in files} - self.mine.known.keys()
        inference.take_in(sources, self.mine, self.mine.uploads)
        self.said |= dict.fromkeys(new, (label, GIVEN if label else GUESSED))
        self.run_again()

    @rule(key=st.sampled_from(PLACES))
    def switch(self, key):
        self.mine.network = key
        self.run_again()

    @rule(key=st.sampled_from(PLACES))
    def look_at_two_networks(self, key):
        inference.catch_up(self.mine, self.model(key))

    @precondition(lambda self: len(self.mine))
    @rule(data=st.data(), text=TEXTS)
    def rename(self, data, text):
        row = data.draw(st.integers(0, len(self.mine) - 1))
        if text.strip() and text != self.mine.labels[row]:
            self.said[self.mine.shots[row].digest] = (text, EDITED)
        self.mine.rename({row: text})

    @precondition(lambda self: len(self.mine))
    @rule(data=st.data())
    def lose_a_file(self, data):
        """As where the disk was full; it shows when another network asks for the picture."""
        shot = data.draw(st.sampled_from(self.mine.shots))
        self.mine.spool.retain(self.mine.known.keys() - {shot.digest})

    @rule()
    def forget(self):
        self.mine, self.said = Collection(network=self.mine.network), {}

    @invariant()
    def every_row_is_what_the_network_reads_of_its_picture(self):
        for key, seen in self.mine.seen.items():
            rows = self.mine.shots[: len(seen)]
            wanted = [self.probes[key].gates(COLOUR_OF[shot.digest]) for shot in rows]
            if seen.reading is not None:
                np.testing.assert_allclose(seen.reading.gates["SE_1"], wanted, rtol=1e-6)

    @invariant()
    def the_network_of_the_pages_has_read_all(self):
        seen = self.mine.seen.get(self.mine.network)
        assert len(self.mine) == (0 if seen is None else len(seen))

    @invariant()
    def no_more_than_two_networks_are_kept(self):
        assert len(self.mine.seen) <= NETWORKS

    @invariant()
    def labels_are_as_said_or_as_the_network_of_the_pages_guesses(self):
        key = self.mine.network
        for shot, label in zip(self.mine.shots, self.mine.labels, strict=True):
            said, source = self.said[shot.digest]
            guess = self.probes[key].guess(COLOUR_OF[shot.digest])
            assert label == (said or f"{key} {('even', 'odd')[guess]}")
            assert shot.source == source

    @invariant()
    def names_and_pictures_differ(self):
        assert len({shot.name for shot in self.mine.shots}) == len(self.mine)
        assert len(self.mine.known) == len(self.mine)

    @invariant()
    def the_profile_is_that_of_these_pictures_under_these_labels(self):
        group = self.mine.group()
        assert (group is None) == (not len(self.mine))
        if group:
            wanted = profiles.of_reading(
                self.mine.labelled(), group.profile.blocks, group.profile.origin
            )
            assert group.profile.counts == wanted.counts
            found, wanted = group.profile.stats["SE_1"], wanted.stats["SE_1"]
            np.testing.assert_array_equal(found.mean, wanted.mean)


Session.TestCase.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
TestSession = Session.TestCase


@pytest.fixture
def session():
    made = Session()
    yield made
    made.teardown()


def test_a_picture_is_read_once_by_each_network(session):
    session.upload([1, 2, 3], "cats")
    for key in ("second", "builtin", "second", "builtin"):
        session.switch(key)
    assert [session.probes[key].passes for key in PLACES] == [3, 3, 0]
    session.upload([4, 5], None)
    session.switch("second")
    assert [session.probes[key].passes for key in PLACES] == [5, 5, 0]


def test_a_run_that_a_click_has_made_stale_reads_nothing_twice(session, monkeypatch):
    session.upload([1, 2, 3], "cats")
    read, started = Pretended.read, threading.Barrier(2)

    def slow(probe, model_inputs):
        time.sleep(0.05)
        return read(probe, model_inputs)

    def run():
        started.wait()
        inference.catch_up(session.mine, session.model("second"))

    monkeypatch.setattr(Pretended, "read", slow)
    runs = [threading.Thread(target=run) for _ in range(2)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    assert session.probes["second"].passes == 3
    assert len(session.mine.seen["second"]) == 3


def test_an_upload_that_another_run_has_taken_in_is_not_taken_again(session):
    sources = [Source("a.png", "cats", lambda: bytes_of(7))]
    upload = session.mine.uploads
    for _ in range(2):
        inference.take_in(sources, session.mine, upload)
    assert len(session.mine) == 1
    assert session.mine.skipped == []


def test_a_lost_picture_is_named_and_the_others_stay(session):
    session.upload([10, 20, 30], "cats")
    lost = session.mine.shots[0]
    session.mine.spool.retain(session.mine.known.keys() - {lost.digest})
    session.switch("second")
    assert [COLOUR_OF[shot.digest] for shot in session.mine.shots] == [20, 30]
    assert session.mine.skipped[-1].reason == (
        "a.png is no longer at hand, so it has to be added again."
    )


def test_what_was_read_counts_where_the_person_does_something_else(session, monkeypatch):
    session.upload([10, 20, 30], "cats")
    read = Pretended.read

    def interrupted(probe, model_inputs):
        if probe.passes:
            raise KeyboardInterrupt
        return read(probe, model_inputs)

    monkeypatch.setattr(Pretended, "read", interrupted)
    with pytest.raises(KeyboardInterrupt):
        session.switch("second")
    monkeypatch.undo()
    assert len(session.mine.seen["second"]) == 2
    session.run_again()
    session.every_row_is_what_the_network_reads_of_its_picture()
    assert session.probes["second"].passes == 3
