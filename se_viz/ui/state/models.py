"""Which network a session looks through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from se_viz.nets import builtin, zoo
from se_viz.nets.entry import Entry, Progress
from se_viz.nets.network import Network
from se_viz.ui.sentences.failures import not_here_yet, unknown_network
from se_viz.ui.state import address

EXACT, COARSE = "float32", "bfloat16"
MARK = "@"
"""Between the key of a network and a precision that is not the usual one."""
PARAMETER, BEFORE, REFUSED = "model", "model before", "refused model"


@dataclass(frozen=True)
class Model:
    """A network that can be chosen.

    Attributes:
        key: its own, in the link too.
        title: for people.
        local: whether it can be had without a download.
        load: fetches and builds it.
        entry: what the zoo knows of it; None for a person's own.
        again: for a person's own: the same with other `pixels` (one of `wanted.PIXELS`), another
            `output` or another `result` (as in `own.Options`).
        precision: in which it is run.
    """

    key: str
    title: str
    local: bool
    load: Callable[[Progress | None], Network]
    entry: Entry | None = None
    again: Callable[..., Model] | None = None
    precision: str = EXACT

    @property
    def built_in(self) -> bool:
        return self.key == builtin.NAME


@st.cache_resource(show_spinner=False, max_entries=1)
def _zoo() -> dict[str, Entry]:
    return zoo.entries()


def of_zoo(name: str) -> Model:
    entry = _zoo()[name]
    return Model(entry.name, entry.title, entry.local(), entry.load, entry)


def in_precision(model: Model, precision: str) -> Model:
    """The same network in a precision; one of another is another network on every page."""
    key = model.key.partition(MARK)[0]
    exact = own().get(key) or of_zoo(key)
    if precision == EXACT:
        return exact
    title = f"{exact.title}, in {precision}"
    return replace(exact, key=f"{key}{MARK}{precision}", title=title, precision=precision)


def own() -> dict[str, Model]:
    """This session's own networks by key."""
    return st.session_state.setdefault("own models", {})


def choices() -> dict[str, Model]:
    """Everything that can be chosen, one's own first."""
    return own() | {name: of_zoo(name) for name in _zoo()}


def current() -> Model:
    """The network that the pages show."""
    key, _, precision = st.session_state.get(PARAMETER, builtin.NAME).partition(MARK)
    found = own().get(key) or of_zoo(key if key in _zoo() else builtin.NAME)
    return in_precision(found, precision) if precision else found


def choose(model: Model) -> None:
    """Show another network from now on; what was chosen for the last one's blocks is forgotten."""
    if st.session_state.get(PARAMETER, builtin.NAME) != model.key:
        _remember(model)
        _show(model)


def _remember(coming: Model) -> None:
    """Keep the network that is shown, unless another has taken its place among one's own."""
    shown = current()
    if coming.key != shown.key == st.session_state.get(PARAMETER, builtin.NAME):
        st.session_state[BEFORE] = in_precision(shown, EXACT), shown.precision


def _show(model: Model) -> None:
    st.session_state[PARAMETER] = model.key
    for key in (
        *("blocks", "block", "classes", "within", "at", "only", "like"),
        *(REFUSED, "notes"),
    ):
        st.session_state.pop(key, None)


def make_own(model: Model) -> None:
    """Let this be the session's own network; the one that is shown comes back if it fails."""
    _remember(model)
    own().clear()
    own()[model.key] = model


def fall_back() -> Model:
    """Show the network of before again, or the built-in one where there is none, or that is the one
    that fails."""
    failed = current()
    exact, precision = st.session_state.pop(BEFORE, None) or (of_zoo(builtin.NAME), EXACT)
    if exact.entry is None:
        own().clear()
        own()[exact.key] = exact
    before = in_precision(exact, precision)
    before = of_zoo(builtin.NAME) if before.key == failed.key else before
    _show(before)
    return before


def refuse(why: str) -> None:
    """Say on every page why another network is not shown, until one is chosen."""
    st.session_state[REFUSED] = why


def follow_link() -> str | None:
    """Choose the link's network in a new session, and keep the link up to date.

    Returns:
        Why the network that was asked for is not shown, a sentence; None where it is.
    """
    if PARAMETER not in st.session_state:
        asked = address.asked_for().network
        st.session_state[REFUSED] = _take(builtin.NAME if asked is None else asked)
    address.put(PARAMETER, [] if current().built_in else [current().key])
    return st.session_state.get(REFUSED)


def _take(key: str) -> str | None:
    st.session_state[PARAMETER] = builtin.NAME
    name, mark, precision = key.partition(MARK)
    if name not in _zoo() or (mark and precision != COARSE):
        return unknown_network(key[:80])
    model = of_zoo(name)
    if not model.local:
        return not_here_yet(model.title)
    st.session_state[PARAMETER] = key
    return None
