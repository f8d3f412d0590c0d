"""Every kind of intervention, one line each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from se_viz.interventions.base import InterventionKind
from se_viz.interventions.blend import Blend
from se_viz.interventions.bypass import Bypass
from se_viz.interventions.class_mean import ClassMean
from se_viz.interventions.constant import Constant
from se_viz.interventions.mean_ablation import MeanAblation
from se_viz.interventions.options import Option
from se_viz.interventions.patch import Patch
from se_viz.interventions.scale import Scale
from se_viz.interventions.shuffle import Shuffle

INTERVENTIONS: tuple[type[InterventionKind], ...] = (
    Bypass,
    MeanAblation,
    Constant,
    ClassMean,
    Patch,
    Shuffle,
    Scale,
    Blend,
)


def by_key() -> dict[str, type[InterventionKind]]:
    """Key -> kind, in the order of the list."""
    return {kind.key: kind for kind in INTERVENTIONS}


def by_title() -> dict[str, type[InterventionKind]]:
    """What people choose from -> kind."""
    return {kind.title: kind for kind in INTERVENTIONS}


def kind_of(key: str) -> type[InterventionKind]:
    """The kind with this key.

    Raises:
        ValueError: where there is none; a sentence that names those that there are.
    """
    known = by_key()
    if key not in known:
        raise ValueError(f"There is no intervention {key!r}; there is {', '.join(known)}.")
    return known[key]


def made(key: str, values: Mapping[str, Any]) -> InterventionKind:
    """An intervention's kind with what it takes of some values by name.

    Raises:
        ValueError: for another key, or a value out of range; a sentence for people.
    """
    kind = kind_of(key)
    taken = fields(kind)  # type: ignore[arg-type]  # each is a dataclass
    return kind(**{field.name: values[field.name] for field in taken if field.name in values})


def takers() -> dict[Option, tuple[str, ...]]:
    """Option -> keys of the kinds that take it; those that fill a field come first."""
    found: dict[Option, tuple[str, ...]] = {}
    for kind in INTERVENTIONS:
        for option in kind.options:
            found[option] = (*found.get(option, ()), kind.key)
    return dict(sorted(found.items(), key=lambda item: not item[0].field))


def usual(option: Option) -> Any:
    """What the field has that an option fills, where nothing is said."""
    kind = next(kind for kind in INTERVENTIONS if option in kind.options)
    taken = fields(kind)  # type: ignore[arg-type]
    return next(field.default for field in taken if field.name == option.field)
