"""The intervention lab: take gates in hand on one picture, or on all, and see what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.analysis.class_from import with_class_from
from se_viz.analysis.effects import accuracy_table, change_table, outcomes, score
from se_viz.analysis.enough import FEW
from se_viz.analysis.groups import Group
from se_viz.analysis.interventions import Intervention, edit_of, sweep_plan
from se_viz.analysis.predictions import flips_table
from se_viz.analysis.sweeps import most_moved, picture_sweep_table
from se_viz.figures.effects import accuracy_by_class, before_and_after, every_way, sweep_by_depth
from se_viz.figures.palette import class_colours
from se_viz.manifest import digest_of, inside
from se_viz.pictures import PictureError
from se_viz.probe.edit import stack, untouched
from se_viz.probe.reading import Reading, join
from se_viz.ui import guide, lab_choice, models, noted, resources, subject, truth
from se_viz.ui.frame import download, save, show
from se_viz.ui.lab_choice import Wanted
from se_viz.ui.memo import known, memo
from se_viz.ui.reading import intervened
from se_viz.ui.session import Collection, apart, collection, counted
from se_viz.ui.subject import Subject
from se_viz.ui.words import plain, sentence

if TYPE_CHECKING:
    from se_viz.probe.probe import Pass

THUMBNAIL = 220  # pixels


def page() -> None:
    """One picture with and without; the same gates in every way; block by block; all pictures."""
    st.header("What happens when the gates are taken in hand?")
    reference, mine = resources.reference(), collection()
    own = apart(mine.group(), reference)
    picked, seen = st.columns([1, 3])
    with picked:
        one = subject.choose()
        st.image(one.thumbnail, width=THUMBNAIL)
    with seen:
        wanted = lab_choice.choose(
            resources.blocks(), one, (reference, own) if own else (reference,)
        )
        view = _view(one)
        if wanted is None or view is None:
            return
        _one(one, view, wanted)
    _every_way(one, view, wanted)
    _by_depth(one, view, reference)
    if len(mine):
        _all(mine, wanted)


def _view(one: Subject) -> np.ndarray | None:
    try:
        return one.view()
    except PictureError as error:
        st.warning(plain(str(error)), icon=":material/info:")
        return None


def _key(one: Subject) -> tuple:
    return (models.current().key, one.digest)


def _one(one: Subject, view: np.ndarray, wanted: Wanted) -> None:
    from se_viz.probe.check import identity
    from se_viz.probe.intervene import intervene

    probe, classes = resources.probe(), resources.classes()
    key, said = (*_key(one), wanted.key), wanted.describe(probe.blocks)
    with st.spinner("Passing the picture through the network, without and with"):
        none = untouched(probe.blocks)
        before = memo("plain", _key(one), lambda: intervene(probe, view[None], none))
        after = memo("intervened", key, lambda: intervene(probe, view[None], wanted.edit))
        found = memo("identity", _key(one), lambda: identity(probe, view[None]))
    table = change_table(before.logits[0], after.logits[0], classes)
    st.markdown(sentence(_sentence(table, said)))
    names = resources.reference().profile.classes
    colours = class_colours(dict.fromkeys((*names, *classes)), table["class"])
    source = f"{one.source}, {said}"
    show(before_and_after(table, colours), "with-and-without", table, guide.WITH, source)
    _numbers(table)
    _save(one, {"without": before, f"with {said}": after})
    st.caption(found.describe())


def _numbers(table: pd.DataFrame) -> None:
    share: dict[str, Any] = {"min_value": 0, "max_value": 100, "format": "%.1f %%"}
    number: dict[str, Any] = {"format": "%.3f", "width": "small"}
    shown = table[["class", "before", "after", "logit_before", "logit_after", "logit_change"]]
    st.dataframe(
        shown.assign(before=100 * shown["before"], after=100 * shown["after"]),
        hide_index=True,
        key="numbers",
        column_config={
            "class": "Class",
            "before": st.column_config.ProgressColumn("Without", width="small", **share),
            "after": st.column_config.ProgressColumn("With", width="small", **share),
            "logit_before": st.column_config.NumberColumn("Logit without", **number),
            "logit_after": st.column_config.NumberColumn("Logit with", **number),
            "logit_change": st.column_config.NumberColumn("Change", **number | {"format": "%+.3f"}),
        },
    )


def _save(one: Subject, passes: dict[str, Pass]) -> None:
    manifest = noted.manifest_of_now("gates-in-hand", one.source)
    origin = (one.reading.origin_of(one.row),)
    readings = [
        Reading((name,), (one.label,), seen.logits, seen.gates, seen.squeezes, class_from=origin)
        for name, seen in passes.items()
    ]
    download(
        "gates-in-hand.npz",
        lambda: inside(join(readings).npz(), manifest()),
        "Logits, gates and squeezes, without and with (NPZ)",
    )


def _sentence(table: pd.DataFrame, said: str) -> str:
    """What the network takes the picture for, without and with."""
    first, last = (table.loc[table[rank].idxmin()] for rank in ("rank_before", "rank_after"))
    if first["class"] == last["class"]:
        return (
            f"With **{said}**, the network still takes this picture for **{first['class']}**: "
            f"**{first['before']:.1%}** becomes **{first['after']:.1%}**."
        )
    return (
        f"With **{said}**, the network takes this picture for **{last['class']}** "
        f"({last['after']:.1%}) instead of **{first['class']}**, which falls from "
        f"**{first['before']:.1%}** to **{first['after']:.1%}**."
    )


def _every_way(one: Subject, view: np.ndarray, wanted: Wanted) -> None:
    st.subheader("The same gates, taken in hand in other ways")
    names, plan = lab_choice.every_way(wanted)
    key = (*_key(one), wanted.key)
    with st.spinner("Passing the picture through the network in every way"):
        logits = memo("ways", key, lambda: _variants(view, plan, wanted.means, wanted.gates))
    table = picture_sweep_table(plan, resources.blocks(), resources.classes(), logits)
    table.insert(0, "name", names)
    source = f"{one.source}; as chosen: {wanted.describe(resources.blocks())}"
    show(every_way(table, names), "every-way", table, guide.WAYS, source)


def _variants(
    view: np.ndarray, plan: list[Intervention], means: Group, gates: dict[str, np.ndarray]
) -> np.ndarray:
    """Logits (V + 1, K) of one picture, without and with each intervention, in one batch."""
    from se_viz.probe.intervene import intervene

    probe = resources.probe()
    edits = [edit_of(one, probe.blocks, means, gates) for one in plan]
    return intervene(probe, view[None], stack([untouched(probe.blocks), *edits])).logits


def _by_depth(one: Subject, view: np.ndarray, reference: Group) -> None:
    st.subheader("Each block in turn, on this picture")
    plan = sweep_plan(resources.blocks())
    key = (*_key(one), digest_of(reference.profile))
    with st.spinner("Taking each block in turn"):
        logits = memo("sweep", key, lambda: _swept(view, plan, reference))
    table = picture_sweep_table(plan, resources.blocks(), resources.classes(), logits)
    st.markdown(sentence(most_moved(table)))
    source = f"{one.source}; frozen at the mean over the {reference.title}"
    show(sweep_by_depth(table), "sweep-of-picture", table, guide.SWEEP, source)


def _swept(view: np.ndarray, plan: tuple[Intervention, ...], means: Group) -> np.ndarray:
    from se_viz.probe.intervene import sweep

    probe = resources.probe()
    edits = stack(edit_of(one, probe.blocks, means) for one in plan)
    return sweep(probe, view[None], edits)[:, 0]


def _all(mine: Collection, wanted: Wanted) -> None:
    st.subheader(f"The same on all {counted(len(mine), 'picture')}")
    said = plain(wanted.describe(resources.blocks()))
    if not known("all", _key_of_all(mine, wanted)):
        if st.button(f"See all pictures with {said}", key="all"):
            found = intervened(mine, wanted.edit)  # after it, some pictures may be gone
            memo("all", _key_of_all(mine, wanted), lambda: found)
            st.rerun()
        st.caption("Each picture is passed through the network once more, with these gates.")
        return
    after = memo("all", _key_of_all(mine, wanted), lambda: intervened(mine, wanted.edit))
    reading, classes = mine.labelled(), resources.classes()
    flips = flips_table(reading.names, reading.labels, reading.logits, after, classes)
    flips = with_class_from(flips, reading)
    changed = int(flips["changed"].sum())
    st.markdown(
        f"With **{said}**, the prediction changes for **{changed}** of "
        f"**{counted(len(mine), 'picture')}**."
    )
    _accuracy(mine, reading.logits, after, wanted.describe(resources.blocks()))
    with st.expander("Picture by picture"):
        _flips(flips)
        manifest = noted.manifest_of_now("flips", f"measured on your pictures ({len(mine):,})")
        save("flips", flips, manifest, "Predictions (CSV)")


def _key_of_all(mine: Collection, wanted: Wanted) -> tuple:
    return (mine.network, tuple(shot.digest for shot in mine.shots), wanted.key)


def _flips(table: pd.DataFrame) -> None:
    share: dict[str, Any] = {"min_value": 0, "max_value": 1, "format": "percent"}
    columns: dict[str, Any] = {
        "picture": "Picture",
        "class": "Class",
        "class_from": "Class from",
        "before": "Prediction without",
        "after": "Prediction with",
        "probability_before": st.column_config.ProgressColumn("Its probability", **share),
        "probability_after": st.column_config.ProgressColumn("The same one's, with", **share),
        "changed": "Changed",
    }
    st.dataframe(table, hide_index=True, key="flips", column_config=columns)


def _accuracy(mine: Collection, before: np.ndarray, after: np.ndarray, said: str) -> None:
    classes = resources.classes()
    found = truth.truth(mine)
    rows, true = found.known, found.rows[found.known]
    if not len(rows):
        st.info(
            "Accuracy takes pictures whose class is known: put them in folders named like the "
            "network's classes, or name them on the page Your pictures.",
            icon=":material/info:",
        )
    truth.left_out(found, "accuracy-by-class")
    if not len(rows):
        return
    counts = outcomes(score(before[rows], true), score(after[rows], true), true, classes)
    table = accuracy_table(counts)
    if len(rows) < FEW * len(set(true)):
        st.caption(guide.FEW_PICTURES)
    source = f"{truth.source_of(found)}, {said}"
    figure = accuracy_by_class(table, class_colours(classes, table["class"]))
    show(figure, "accuracy-by-class", table, guide.ACCURACY, source)
