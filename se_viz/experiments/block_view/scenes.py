"""Which of the rendered scenes can be looked into at once."""

from __future__ import annotations

from se_viz.pictures.rendered import Scene, scenes

EACH = 4
RULE = "the first scene by name, at noon, of every fourth class by name, whatever is made of it"


def chosen_scenes() -> list[Scene]:
    """By `RULE`."""
    firsts: dict[str, Scene] = {}
    for scene in scenes():
        firsts.setdefault(scene.label, scene)
    return list(firsts.values())[::EACH]
