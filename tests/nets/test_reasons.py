"""Why a network does not run, from what libraries say about it."""

from __future__ import annotations

import pytest
import tensorflow as tf
from keras import layers

from se_viz.nets.reasons import LONGEST, NO_MEMORY, reason
from se_viz.probe.probe import Probe
from tests.probe.networks import CHANNELS, dense_fused, model_inputs, model_of, network_of

IN_USER_CODE = """in user code:

    File "/somewhere/probe.py", line 169, in _probe  *
        values = self.program.run(pictures)

    ValueError: 'my conv' is not a valid root scope name.
"""
IN_A_LAYER = (
    "Exception encountered when calling Conv2D.call().\n\n\x1b[1mNo algorithm worked!\x1b[0m\n\n"
    "Arguments received by Conv2D.call():\n  • args=..."
)
IN_A_PART = (
    "<class 'Functional'> could not be deserialized properly.\n\nconfig={...}.\n\n"
    "Exception encountered: Could not make Dense.\n\nException encountered: Unknown activation."
)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), NO_MEMORY),
        (tf.errors.ResourceExhaustedError(None, None, "OOM when allocating"), NO_MEMORY),
        (ValueError(IN_USER_CODE), "'my conv' is not a valid root scope name"),
        (ValueError(IN_A_LAYER), "No algorithm worked!"),
        (RuntimeError("It broke.\nAnd more."), "It broke"),
        (TypeError(IN_A_PART), "Unknown activation"),
        (KeyError(), "KeyError"),
        (ValueError("x" * 900), "x" * (LONGEST - 1) + "…"),
    ],
)
def test_the_reason_is_one_line(error, said):
    assert reason(error) == said


class Failing(layers.Layer):
    """Fails as it is told to, once it is compiled."""

    error: Exception | None = None

    def call(self, x):
        if self.error is not None:
            raise self.error
        return x


ERRORS = [
    MemoryError("no more"),
    RuntimeError("no such thing"),
    KeyError("lost"),
    tf.errors.ResourceExhaustedError(None, None, "OOM"),
    tf.errors.InternalError(None, None, "inside"),
    AttributeError("nothing there"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_whatever_a_network_raises_is_one_sentence_that_names_it_and_the_reason(error):
    failing = Failing()
    probe = Probe(network_of(model_of(lambda u: dense_fused(failing(u)))), batch=2)
    failing.error = error
    for run in (probe.read, probe.bare, lambda pictures: probe.inside(pictures, "SE_1")):
        with pytest.raises(ValueError, match=r"^Tiny cannot be run here: .+\.$") as caught:
            run(model_inputs(1))
        assert "\n" not in str(caught.value)
        assert "pixels" not in str(caught.value)
    failing.error = None
    assert probe.read(model_inputs(1)).gates["SE_1"].shape == (1, CHANNELS)
