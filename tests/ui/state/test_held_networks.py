"""Networks in memory: loaded once, two at most, gone when they are dropped."""

from __future__ import annotations

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.ui.state.networks import MOST, Held


class Pretended:
    """A network whose parts hold one another, as a network's layers and tensors do."""

    def __init__(self):
        self.itself = self


def refuse():
    pytest.fail("This network is in memory, so nothing has to be made.")


@pytest.fixture(scope="module", autouse=True)
def nothing_else_to_collect():
    """What other tests left behind is not searched for garbage each time."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def held() -> Held:
    return Held()


def test_a_network_is_made_once(held):
    first = held.get("a", Pretended)
    assert held.get("a", refuse) is first
    assert "a" in held
    assert "b" not in held


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from("abcd"), max_size=12), st.integers(1, 3))
def test_the_last_used_ones_stay(asked, most):
    held = Held(most)
    for key in asked:
        held.get(key, Pretended)
    latest = list(dict.fromkeys(reversed(asked)))
    assert [key for key in "abcd" if key in held] == sorted(latest[:most])


def test_one_that_failed_is_let_go_and_made_again_when_it_is_asked_for(held):
    first = weakref.ref(held.get("a", Pretended))
    held.drop("a")
    held.drop("never held")
    assert first() is None
    assert "a" not in held
    assert held.get("a", Pretended) is not None


def test_two_are_held_and_a_dropped_one_is_garbage(held):
    first = weakref.ref(held.get("a", Pretended))
    kept = weakref.ref(held.get("b", Pretended))
    assert MOST == 2
    held.get("c", Pretended)
    assert first() is None
    assert kept() is not None


def test_many_who_ask_at_once_wait_for_one_to_make_it(held):
    everybody, made = threading.Barrier(8), []

    def make() -> Pretended:
        made.append(Pretended())
        return made[-1]

    def ask(_) -> Pretended:
        everybody.wait(30)
        return held.get("a", make)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))
    assert len(made) == 1
    assert all(probe is made[0] for probe in found)


def test_loading_one_does_not_keep_others_waiting(held):
    started, done = threading.Event(), threading.Event()
    ready = held.get("b", Pretended)

    def slow() -> Pretended:
        started.set()
        assert done.wait(30)
        return Pretended()

    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(held.get, "a", slow)
        assert started.wait(30)
        assert held.get("b", refuse) is ready
        held.get("c", Pretended)
        done.set()
        assert isinstance(loading.result(30), Pretended)


def test_where_loading_fails_nothing_is_left_and_others_go_on(held):
    def fail():
        raise ValueError("It cannot be fetched.")

    kept = held.get("b", Pretended)
    with pytest.raises(ValueError, match="cannot be fetched"):
        held.get("a", fail)
    assert "a" not in held
    assert held.get("b", refuse) is kept
    assert held.get("a", Pretended) is held.get("a", refuse)


def test_those_who_wait_for_one_that_fails_try_for_themselves(held):
    waiting, tried = threading.Barrier(4), []

    def fail():
        tried.append(1)
        raise ValueError("It cannot be fetched.")

    def ask(_) -> str:
        waiting.wait(30)
        try:
            held.get("a", fail)
        except ValueError as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(ask, range(4)))
    assert said == ["It cannot be fetched."] * 4
    assert len(tried) == 4
