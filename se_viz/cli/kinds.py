"""Kinds of intervention on the command line: their options, and the one that is chosen."""

from __future__ import annotations

import argparse
from typing import Any

from se_viz.interventions import registry
from se_viz.interventions.base import InterventionKind
from se_viz.interventions.bypass import Bypass
from se_viz.interventions.options import Choice, ClassName, Option
from se_viz.pictures.labels.names import typed_class

USUAL = Bypass.key


def add(command: argparse.ArgumentParser) -> None:
    """`--do`, and an option for whatever the kinds take."""
    kinds = registry.by_key()
    told = "; ".join(f"{key}: {kind.help}" for key, kind in kinds.items())
    command.add_argument("--do", choices=list(kinds), help=f"default: {USUAL}; {told}")
    for flag, takers in _by_flag().items():
        told = ", or ".join(
            option.help.format(kinds=" and ".join(keys)) for option, keys in takers.items()
        )
        option = next(iter(takers))
        command.add_argument(
            f"--{flag}",
            dest=_place(option),
            type=option.read,
            choices=option.known if isinstance(option, Choice) else None,
            metavar=option.metavar or None,
            help=told,
        )


def takers() -> dict[str, tuple[str, ...]]:
    """Flag of an option -> keys of the kinds that it is for."""
    return {
        flag: tuple(key for keys in takers.values() for key in keys)
        for flag, takers in _by_flag().items()
    }


def defaults() -> dict[str, Any]:
    """What options that are not given stand for."""
    plain = [option for option in registry.takers() if not option.of_file]
    return {"at": ["all"], "do": USUAL} | {o.field: registry.usual(o) for o in plain}


def given(choice: argparse.Namespace, flag: str) -> Any:
    """What was said with an option; None where it was not."""
    option = next(iter(_by_flag()[flag]), None) if flag in _by_flag() else None
    return getattr(choice, _place(option) if option else flag)


def plain_values(choice: argparse.Namespace) -> dict[str, Any]:
    """What the chosen kind takes that is no file, by flag; of a command line that is filled."""
    taken = [option for option in kind_of(choice).options if not option.of_file]
    return {option.flag: getattr(choice, option.field) for option in taken}


def kind_of(choice: argparse.Namespace) -> type[InterventionKind]:
    """The chosen kind."""
    return registry.kind_of(choice.do)


def made(choice: argparse.Namespace) -> InterventionKind:
    """The chosen kind with its values; ValueError where one is out of range."""
    taken = [option for option in kind_of(choice).options if not option.of_file]
    values = {option.field: _value(option, getattr(choice, option.field)) for option in taken}
    return registry.made(choice.do, values)


def _value(option: Option, given: Any) -> Any:
    return typed_class(given) if isinstance(option, ClassName) else given


def _place(option: Option) -> str:
    """Where the parser keeps it."""
    return option.flag if option.of_file else option.field


def _by_flag() -> dict[str, dict[Option, tuple[str, ...]]]:
    """Options of one flag, such as a value of several kinds, with the keys of their kinds."""
    found: dict[str, dict[Option, tuple[str, ...]]] = {}
    for option, keys in registry.takers().items():
        found.setdefault(option.flag, {})[option] = keys
    return found
