"""What goes wrong with a network puts the network aside, never the session.

`st.App(on_script_error=...)` is told of errors too, but after the page is lost: it can neither run
the script again nor draw what was left. So errors are caught here, around all that is drawn.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from se_viz.ui.escaping import sentence
from se_viz.ui.sentences.failures import PICTURES_STAY, cannot_be_used, so_this_is
from se_viz.ui.state import models, resources
from se_viz.ui.state.models import Model
from se_viz.ui.state.session import collection

UNCAUGHT = "uncaught"
"""In the session: what was caught here last, as text, since an error holds on to its network."""
_log = logging.getLogger(__name__)


def guarded(draw: Callable[[], None]) -> None:
    """Draw; where a chosen network fails, go on with the one before, and say why. Streamlit's own
    signals, to stop and to run again, are no errors and pass."""
    try:
        draw()
    except Exception as error:
        st.session_state[UNCAUGHT] = repr(error)
        put_aside(error)


def put_aside(error: Exception) -> None:
    """Go on with the network before the one that is shown, in a new run, and say why; where the
    built-in one fails there is no other, and what was drawn stays."""
    model = models.current()
    _note(error, model)
    said = [cannot_be_used(model.title, error)]
    pictures = [PICTURES_STAY] if len(collection()) else []
    if model.built_in:
        st.error(sentence(" ".join(said + pictures)), icon=":material/error:")
        return
    said += [so_this_is(models.fall_back().title)]
    models.refuse(" ".join(said + pictures))
    st.rerun()


def beside(error: Exception, model: Model) -> str:
    """A sentence about a network that fails beside that of the pages; it leaves the memory."""
    _note(error, model)
    return cannot_be_used(model.title, error)


def _note(error: Exception, model: Model) -> None:
    """What happened goes to the log, and the network out of memory, with what it read."""
    _log.error("The network %s failed", model.title, exc_info=error)
    if not model.built_in:
        resources.held().drop(model.key)
        collection().seen.pop(model.key, None)
