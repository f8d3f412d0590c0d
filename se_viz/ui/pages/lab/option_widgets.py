"""A widget for each option of a kind of intervention."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import numpy as np
import streamlit as st

from se_viz.analysis.profiles.groups import Group, shown
from se_viz.interventions import registry
from se_viz.interventions.base import InterventionKind
from se_viz.interventions.constant import ends_of
from se_viz.interventions.options import (
    Amount,
    Choice,
    ClassName,
    GateValue,
    Means,
    Option,
    OtherPicture,
    Seed,
)
from se_viz.ui.sentences import interventions as told
from se_viz.ui.state import resources
from se_viz.ui.widgets import picture_picker
from se_viz.ui.widgets.late_choice import pick
from se_viz.ui.widgets.picture_picker import Subject
from se_viz.ui.widgets.segments import one_of
from se_viz.ui.widgets.view_options import group_of

OTHER = 110  # pixels


@dataclass(eq=False)
class Answers:
    """What was chosen so far.

    Attributes:
        means: the class profile whose means may be used.
        other: the row of the picture whose gates may be used.
        values: of the kind's fields, by name.
    """

    means: Group
    other: int
    values: dict[str, Any] = field(default_factory=dict)


def ask(kind: type[InterventionKind], subject: Subject, groups: Sequence[Group]) -> Answers:
    """A widget for each of a kind's options that it needs by those before; links hold what they
    say.

    Args:
        subject: the picture that the page looks at.
        groups: class profiles, the usual one first.
    """
    answers = Answers(groups[0], subject.row)
    for option in kind.options:
        if registry.made(kind.key, answers.values).needs(type(option)):
            WIDGETS[type(option)](option, answers, subject, groups)
    return answers


def _amount(option: Amount, answers: Answers, subject: Subject, groups: Sequence[Group]) -> None:
    ends = (float(option.low), float(option.high))
    answers.values[option.field] = st.slider(
        option.label, *ends, option.start, option.step, key=option.link, bind="query-params"
    )


def _gate_value(
    option: GateValue, answers: Answers, subject: Subject, groups: Sequence[Group]
) -> None:
    """A slider over what gates can be; a field where they have no end."""
    low, high = ends_of(resources.blocks())
    seen = np.concatenate([gates[subject.row] for gates in subject.reading.gates.values()])
    ends = {"min_value": low, "max_value": high}
    widget: Callable[..., float] = st.slider if isfinite(high - low) else st.number_input
    answers.values[option.field] = widget(
        option.label,
        **{end: value for end, value in ends.items() if isfinite(value)},
        value=option.start,
        step=option.step,
        key=option.link,
        bind="query-params",
        help=told.can_be(low, high, seen.min(), seen.max()),
    )


def _seed(option: Seed, answers: Answers, subject: Subject, groups: Sequence[Group]) -> None:
    number = st.number_input(option.label, 0, option.high, 0, key=option.link, bind="query-params")
    answers.values[option.field] = int(number)


def _choice(option: Choice, answers: Answers, subject: Subject, groups: Sequence[Group]) -> None:
    answers.values[option.field] = one_of(option.label, option.known, option.link)


def _means(option: Means, answers: Answers, subject: Subject, groups: Sequence[Group]) -> None:
    answers.means = group_of(groups, st.selectbox, option.label, groups[0], option.link)


def _class(option: ClassName, answers: Answers, subject: Subject, groups: Sequence[Group]) -> None:
    names = [name for name, count in answers.means.profile.counts.items() if count]
    chosen = pick(st.selectbox, option.label, names, names[0], option.link, shown)
    answers.values[option.field] = chosen


def _picture(
    option: OtherPicture, answers: Answers, subject: Subject, groups: Sequence[Group]
) -> None:
    answers.other = picture_picker.other(subject)
    answers.values[option.field] = subject.reading.names[answers.other]
    st.image(picture_picker.thumbnail(answers.other), width=OTHER)


WIDGETS: dict[type[Option], Callable[..., None]] = {
    Amount: _amount,
    GateValue: _gate_value,
    Seed: _seed,
    Choice: _choice,
    Means: _means,
    ClassName: _class,
    OtherPicture: _picture,
}
