"""What pages show while nobody has pictures: rendered scenes at noon, and for ImageNet's networks
some photographs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from se_viz.experiments.predict import predict
from se_viz.experiments.profile import profile_of
from se_viz.nets.classes.imagenet import is_imagenet
from se_viz.pictures import Source, model_input_of
from se_viz.pictures.photographs import photographs
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
    """Scenes through a network, as `rendered.scenes` lists them, then photographs; row i of each is
    one.

    Attributes:
        title: how many of what.
        reading, profile: of them all.
        thumbnails: JPEG bytes.
        digests: what tells each from others, in hex.
    """

    title: str
    reading: Reading
    profile: Profile
    thumbnails: tuple[bytes, ...]
    digests: tuple[str, ...]
    sources: tuple[Source, ...]

    def measured_on(self, row: int) -> str:
        """Where numbers measured on one of them come from."""
        name = self.reading.names[row]
        rendered = row < len(scenes())
        return labels.measured_on_scene(name) if rendered else labels.measured_on_picture(name)


def examples(model: Model | None = None, photos: bool = True) -> Examples:
    """Scenes through a network, by default that of the pages; the first time, it is loaded.

    Args:
        photos: whether photographs may come with them.
    """
    wanted = model or models.current()
    probe = resources.probe(wanted)
    return _examples(wanted.key, probe, photos and is_imagenet(probe.network.classes))


@st.cache_resource(show_spinner="Passing rendered scenes through the network", max_entries=MOST)
def _examples(key: str, _probe: Probe, photos: bool) -> Examples:
    known, beside = scenes(), photographs() if photos else []
    sources = (*(scene.source(NOON) for scene in known), *(one.source() for one in beside))
    chunks = list(predict(_probe, sources, thumbnails=True))
    found = join(chunk.reading for chunk in chunks if chunk.reading)
    names = [*(labels.at_noon(scene.title) for scene in known), *(one.title for one in beside)]
    reading, title = found.named(names, found.labels), labels.scenes(len(known), len(beside))
    pictures = [picture for chunk in chunks for picture in chunk.pictures]
    return Examples(
        title,
        reading,
        profile_of(_probe, [reading], title),
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
    return np.stack([model_input_of(sources[row], preprocessing) for row in rows])
