"""What all sessions share: the built-in profile at once, the network when first needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from se_viz import profile
from se_viz.analysis.groups import Group
from se_viz.analysis.story import Story, tell
from se_viz.nets import builtin, zoo
from se_viz.pictures import draw_stimuli, load_one
from se_viz.probe.reading import Reading
from se_viz.profile import Profile

if TYPE_CHECKING:
    from se_viz.probe.check import Check
    from se_viz.probe.probe import Probe


@st.cache_resource(show_spinner=False, max_entries=1)
def builtin_profile() -> Profile:
    """The class profile that ships with the app; loads no TensorFlow."""
    return profile.load(builtin.PROFILE)


@st.cache_resource(show_spinner=False, max_entries=1)
def provenance() -> dict:
    """How the built-in network was made and how good it is."""
    return builtin.provenance()


@st.cache_resource(show_spinner=False, max_entries=1)
def probe() -> Probe:
    """The built-in network with its probe; the first call loads TensorFlow."""
    from se_viz.probe.probe import Probe

    return Probe(zoo.load())


def builtin_group() -> Group:
    """The built-in profile under the name it has on every page."""
    profile = builtin_profile()
    return Group(f"built-in validation set, {profile.pictures:,} pictures", profile)


def classes() -> tuple[str, ...]:
    """Names of the network's classes, in the order of its logits."""
    return builtin.CLASSES


def probe_with_note() -> Probe:
    """The probe, with a word to whoever waits for it the first time."""
    with st.spinner("Loading the network (only the first time)"):
        return probe()


@dataclass(frozen=True, eq=False)
class Example:
    """A drawn picture that was passed through the network."""

    reading: Reading
    thumbnail: bytes


@st.cache_resource(show_spinner="Passing a drawn picture through the network", max_entries=1)
def example() -> Example:
    """The last of the drawn scenes."""
    from se_viz.engines.local import read_pictures

    stimulus = draw_stimuli(builtin.PREPROCESSING.size)[-1]
    chunk = next(read_pictures(probe(), [stimulus.source()]))
    assert chunk.reading is not None  # a drawn picture can be read
    return Example(chunk.reading, chunk.pictures[0].thumbnail)


def story(reading: Reading, row: int, block: str) -> Story:
    """What a block did to one picture of a reading."""
    from se_viz.probe.recompute import hidden

    site = next(site for site in probe().sites if site.block.name == block)
    z, s = reading.squeezes[block][row], reading.gates[block][row]
    height = probe().program.shapes[site.u][1]
    return tell(block, z, hidden(site, z[None])[0], s, height or 0)


@st.cache_resource(show_spinner=False, max_entries=1)
def checked() -> Check:
    """The self-check on the drawn pictures."""
    from se_viz.probe.check import self_check

    preprocessing = builtin.PREPROCESSING
    sources = (stimulus.source() for stimulus in draw_stimuli(preprocessing.size))
    return self_check(
        probe(), np.stack([load_one(s, preprocessing, thumbnails=False).view for s in sources])
    )
