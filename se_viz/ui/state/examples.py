"""The rendered scenes at noon through a network: what pages show while nobody has pictures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from se_viz.experiments.predict import predict
from se_viz.experiments.profile import profile_of
from se_viz.pictures import Source, load_one
from se_viz.pictures.rendered import NOON, default, scenes
from se_viz.probe.probe import Probe
from se_viz.probe.reading import Reading, join
from se_viz.profiles import Profile
from se_viz.ui.sentences import labels
from se_viz.ui.state import models, resources
from se_viz.ui.state.models import Model
from se_viz.ui.state.networks import MOST


@dataclass(frozen=True, eq=False)
class Examples:
    """Scenes by class and name, as `rendered.scenes` lists them; row i of each is one."""

    reading: Reading
    profile: Profile
    thumbnails: tuple[bytes, ...]
    digests: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def title(self) -> str:
        """How many of what."""
        return labels.scenes(len(self.digests))


def examples(model: Model | None = None) -> Examples:
    """The scenes through a network, by default that of the pages; the first time, it is loaded."""
    wanted = model or models.current()
    return _examples(wanted.key, resources.probe(wanted))


@st.cache_resource(show_spinner="Passing rendered scenes through the network", max_entries=MOST)
def _examples(key: str, _probe: Probe) -> Examples:
    known = scenes()
    sources = tuple(scene.source(NOON) for scene in known)
    chunks = list(predict(_probe, sources, thumbnails=True))
    found = join(chunk.reading for chunk in chunks if chunk.reading)
    reading = found.named([labels.at_noon(scene.title) for scene in known], found.labels)
    pictures = [picture for chunk in chunks for picture in chunk.pictures]
    return Examples(
        reading,
        profile_of(_probe, [reading], labels.scenes(len(known))),
        tuple(picture.thumbnail for picture in pictures),
        tuple(picture.digest for picture in pictures),
        sources,
    )


def default_row() -> int:
    """Which of them is shown where none was chosen: that of `rendered.default`."""
    return scenes().index(default())


def model_inputs(rows: range | list[int]) -> np.ndarray:
    """uint8 (n, size, size, 3): scenes as the network of the pages sees them."""
    preprocessing, sources = resources.probe().network.preprocessing, examples().sources
    seen = (load_one(sources[row], preprocessing, thumbnails=False) for row in rows)
    return np.stack([picture.model_input for picture in seen])
