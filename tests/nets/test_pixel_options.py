"""What a person says of the pictures that a network wants: used as it is, or refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.nets.network import PUBLISHED, USUAL, Grounds, Network
from se_viz.nets.pixel_options import EXPLAINED, PIXELS, PixelOptions, apply
from se_viz.pictures import INTERPOLATIONS, Preprocessing, normalise

PUBLISHED_SO = Preprocessing(288, 0.95, "bicubic")
NAMES = ("cat", "dog")
NETWORK = Network("tiny", "Tiny", None, PUBLISHED_SO, ("a", "b"), "f" * 64)


@pytest.mark.parametrize(
    ("pixels", "black", "white"),
    [("0..255", 0, 255), ("0..1", 0, 1), ("-1..1", -1, 1)],
)
def test_ranges_are_exact(pixels, black, white):
    model_inputs = np.array([[[[0, 0, 0], [255, 255, 255], [51, 51, 51]]]], np.uint8)
    values = normalise(model_inputs, PixelOptions(pixels).upon(Preprocessing()))[0, 0, :, 0]
    assert values.tolist() == [black, white, np.float32(black + (white - black) * 0.2)]


def test_what_is_wrong_is_refused():
    assert set(EXPLAINED) == set(PIXELS)
    for wrong in ({"pixels": "0..2"}, {"size": 0}, {"crop": 2}, {"interpolation": "nearest"}):
        with pytest.raises(ValueError, match=str(next(iter(wrong.values())))):
            PixelOptions(**wrong)


@st.composite
def wishes(draw) -> PixelOptions:
    """Any of the four said, or none."""
    return PixelOptions(
        draw(st.none() | st.sampled_from(sorted(PIXELS))),
        draw(st.none() | st.sampled_from([224, 288])),
        draw(st.none() | st.floats(0.1, 1)),
        draw(st.none() | st.sampled_from(sorted(INTERPOLATIONS))),
    )


@settings(deadline=None)
@given(wishes(), st.sampled_from([PUBLISHED_SO, Preprocessing()]))
def test_what_is_said_is_taken_and_the_rest_stays(wanted, usual):
    got, said = wanted.upon(usual), wanted.as_dict()
    for name in ("size", "crop", "interpolation"):
        assert getattr(got, name) == said.get(name, getattr(usual, name))
    mean, std = PIXELS.get(wanted.pixels, (usual.mean, usual.std))
    assert (got.mean, got.std) == (mean, std)


@settings(deadline=None)
@given(wishes(), st.sampled_from([None, NAMES, ("cat",)]))
def test_a_named_network_uses_what_is_said_or_refuses_it(wanted, classes):
    size, count = wanted.size in (None, 288), classes is None or len(classes) == 2
    if size and count:
        made = apply(NETWORK, wanted, classes)
        assert made.preprocessing == wanted.upon(PUBLISHED_SO)
        assert made.classes == (classes or NETWORK.classes)
        assert (made.grounds.kind == "said") == (wanted.pixels is not None)
        return
    with pytest.raises(ValueError, match=r"^Tiny t(akes pictures|ells 2 classes apart, and 1)"):
        apply(NETWORK, wanted, classes)


def test_reasons_are_sentences():
    assert PixelOptions(crop=0.5).grounds(USUAL) is USUAL
    assert PixelOptions("0..1").grounds(USUAL) == Grounds(
        "said", "It gets 0..1 because that was chosen."
    )
    assert PUBLISHED.as_dict()["kind"] == "published"
