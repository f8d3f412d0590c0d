"""Pictures that can be sent through the block: rendered scenes, and one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from se_viz.experiments.block_view.record import BlockRecord
from se_viz.experiments.block_view.scenes import chosen_scenes
from se_viz.experiments.block_view.views import PictureView
from se_viz.experiments.shifts.clean_gates import means_over
from se_viz.experiments.shifts.one_picture import Given
from se_viz.experiments.shifts.partners import other_classes, partner, runner_up
from se_viz.pictures import Source, model_input_of
from se_viz.pictures.rendered import NOON, SAID, Scene
from se_viz.probe.reading import Reading
from se_viz.ui.components.block.block_data import thumbnail
from se_viz.ui.sentences import labels
from se_viz.ui.state import block_views, resources
from se_viz.ui.state.session import Collection, collection
from se_viz.ui.widgets.picture_picker import DIGITS


@dataclass(frozen=True, eq=False)
class Subject:
    """A picture that can be chosen.

    Attributes:
        id: in the link: of one's own, the first digits of its SHA-256.
        title: for people.
        said: what stands under it.
        source: where its numbers come from, in words.
        small: what the figure shows to choose it by.
        view: block -> the picture, looked into at least that block; may raise PictureError and
            ValueError, sentences for people.
    """

    id: str
    title: str
    said: str
    source: str
    small: dict[str, str]
    view: Callable[[str], PictureView]


def subjects() -> list[Subject]:
    """Rendered scenes, then one's own pictures."""
    ships, mine = block_views.shipped(), collection()
    scenes = _shipped(ships) if ships else [_scene(scene) for scene in chosen_scenes()]
    return scenes + [_own(mine, row) for row in range(len(mine))]


def _shipped(record: BlockRecord) -> list[Subject]:
    return [
        Subject(
            _id(view.name),
            view.name,
            SAID,
            labels.measured_on_picture(view.name),
            thumbnail(_id(view.name), view.name, view.images[0], "webp"),
            lambda block, view=view: view,  # type: ignore[misc]
        )
        for view in record.pictures
    ]


def _scene(scene: Scene) -> Subject:
    source = scene.source(NOON)
    return Subject(
        _id(scene.title),
        scene.title,
        SAID,
        labels.measured_on_picture(scene.title),
        thumbnail(_id(scene.title), scene.title, source.read(), "jpeg"),
        lambda block: block_views.measured(
            (scene.title, resources.has_profile()),
            partial(_model_input, source),
            lambda: _given(_model_input(source), scene.title, scene.label, None, 0),
            block,
        ),
    )


def _own(mine: Collection, row: int) -> Subject:
    shot = mine.shots[row]
    source, name = mine.source(shot), shot.digest[:DIGITS]
    return Subject(
        name,
        shot.name,
        "",
        labels.measured_on_picture(shot.name),
        thumbnail(name, shot.name, shot.thumbnail, "jpeg"),
        lambda block: block_views.measured(
            (shot.digest, mine.labels[row], resources.has_profile()),
            partial(_model_input, source),
            lambda: _given(_model_input(source), shot.name, mine.labels[row], mine.labelled(), row),
            block,
        ),
    )


def _id(title: str) -> str:
    return title.replace(", ", "-").replace(" ", "-")


def _model_input(source: Source) -> np.ndarray:
    preprocessing = resources.probe().network.preprocessing
    return model_input_of(source, preprocessing)


def _given(
    model_input: np.ndarray, name: str, label: str, others: Reading | None, row: int
) -> tuple[Given, tuple[str, str, str]]:
    """Whose gates a picture is given, and the names of its view."""
    alone = resources.probe().read(model_input[None])
    own = {block: gates[0] for block, gates in alone.gates.items()}
    group = resources.reference() if resources.has_profile() else None
    reading = others if others is not None else alone.named([name], [label])
    names = other_classes(label, reading.labels, group)
    output = alone.output
    other = None
    if names and output.guesses:
        wanted = runner_up(alone.outputs[0], output, names)
        other = partner(reading, row, wanted, group)
    mean = means_over(group.profile) if group else None
    given = Given(own, mean, other=other.gates if other else None)
    return given, (name, label, other.name if other else "")
