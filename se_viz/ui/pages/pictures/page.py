"""What was uploaded: labels to edit, what was skipped, everything to download."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from se_viz.analysis.predictions.label_origin import with_class_from
from se_viz.analysis.predictions.tables import top_table
from se_viz.analysis.tables import csv_of
from se_viz.manifest import inside
from se_viz.pictures.records import BY_LIST
from se_viz.pictures.ways import said
from se_viz.probe.reading import Reading
from se_viz.ui.pages.base import Page
from se_viz.ui.pages.pictures import class_list, repeats
from se_viz.ui.sentences import rendered
from se_viz.ui.sentences.pictures import classes_decide
from se_viz.ui.state import history, resources
from se_viz.ui.state.session import EDITED, Collection, collection
from se_viz.ui.widgets import rendered_scenes, strip
from se_viz.ui.widgets.figure_card import MANIFEST, described, download, save
from se_viz.ui.widgets.number_columns import column, in_percent, picture_names
from se_viz.ui.widgets.reading_options import WORDS

BULK = 360  # pixels, so that the table's toolbar does not cover the button beside it


def draw() -> None:
    """Thumbnails, the table of labels, the table of what was skipped."""
    mine = collection()
    st.header("Your pictures")
    if not len(mine):
        _nothing(mine)
        return
    st.markdown(classes_decide(len(mine), len(set(mine.labels))))
    strip.show(mine)
    _labels(mine)
    chosen = repeats.choose(mine, _editor_key(mine))
    if chosen:
        _rename(mine, chosen)
    _skipped(mine)
    _downloads(mine)
    more = st.expander(rendered.HEADING, key="scenes", bind="query-params")
    if more.open:
        with more:
            rendered_scenes.gallery()


def _nothing(mine: Collection) -> None:
    if mine.skipped:
        st.info("Nothing that was uploaded could be used; here is why.")
        _skipped(mine)
        return
    st.info(
        "No pictures yet. Drop some in the sidebar: files, a ZIP or a folder, a shot with the "
        "camera, or pictures drawn by code. Or load a scene below."
    )
    rendered_scenes.gallery()


def _labels(mine: Collection) -> None:
    st.subheader("Classes")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"bulk {mine.uploads}"
        text = st.text_input("New class for the ticked pictures", key=key, width=BULK)
        apply = st.button("Set class of ticked", disabled=not text.strip(), key="bulk set")
        listed = class_list.show(mine)
    if listed:
        labels, remark = listed
        mine.remarks.append(remark)
        _rename(mine, labels, BY_LIST)
    table, output = _table(mine), resources.output()
    edited = st.data_editor(
        table,
        key=_editor_key(mine),
        hide_index=True,
        disabled=["thumbnail", "picture", "from", "prediction", output.measure],
        column_config={
            "tick": st.column_config.CheckboxColumn("Tick", width="small"),
            "thumbnail": st.column_config.ImageColumn("", width="small"),
            "picture": picture_names(),
            "class": st.column_config.TextColumn("Class", help="Double-click to change."),
            "from": st.column_config.TextColumn("Class from"),
            "prediction": st.column_config.TextColumn("Prediction"),
            output.measure: column(output, width="small"),
        },
    )
    ticked = [row for row, on in enumerate(edited["tick"]) if on]
    changes = {
        row: "" if pd.isna(new) else str(new)
        for row, (old, new) in enumerate(zip(table["class"], edited["class"], strict=True))
        if new != old
    }
    if apply:
        changes |= dict.fromkeys(ticked, text)
    if changes:
        _rename(mine, changes)


def _rename(mine: Collection, changes: dict[int, str], source: str = EDITED) -> None:
    """New labels; classes chosen for the figures follow them."""
    before = set(mine.labels)
    mine.rename(changes, source)
    chosen = [name for name in st.session_state.get("classes", []) if name not in before]
    st.session_state["classes"] = list(dict.fromkeys([*chosen, *mine.labels]))[:10]
    st.session_state["edits"] = st.session_state.get("edits", 0) + 1
    st.rerun()


def _editor_key(mine: Collection) -> str:
    return f"labels {mine.uploads} {st.session_state.get('edits', 0)}"


def _table(mine: Collection) -> pd.DataFrame:
    reading = mine.reading
    assert reading is not None  # there are shots
    table = pd.DataFrame(
        {
            "tick": False,
            "thumbnail": [strip.data_uri(shot.thumbnail) for shot in mine.shots],
            "picture": [shot.name for shot in mine.shots],
            "class": list(mine.labels),
            "from": _origins(mine),
        }
    )
    if not reading.output.classes:
        return table
    shown = reading.output.shown(reading.outputs)
    said, highest = reading.output.said(shown), shown.max(1)
    measure = reading.output.measure
    table = table.assign(**{"prediction": said, measure: highest})
    return in_percent(table, reading.output, measure)


def _origins(mine: Collection) -> list[str]:
    """Where classes come from, with what stands there where they are shown by another name."""
    given = zip(mine.shots, mine.labels, mine.class_from, strict=True)
    return [
        f"{by} {shot.label}" if shot.label not in (None, label) else by for shot, label, by in given
    ]


def _skipped(mine: Collection) -> None:
    if not mine.skipped:
        return
    st.subheader("Skipped")
    table = pd.DataFrame([(item.name, said(item.reason, WORDS)) for item in mine.skipped])
    table.columns = ["file", "why"]
    widths = {"file": st.column_config.TextColumn(width="small")}
    st.dataframe(table, hide_index=True, key="skipped", column_config=widths)
    manifest = history.manifest_of_now("skipped", "what became of the files you added")
    save("skipped", table, manifest, "Skipped (CSV)")


def _downloads(mine: Collection) -> None:
    st.subheader("Downloads")
    with st.container(horizontal=True):
        manifest = history.manifest_of_now("gates", "measured on these pictures")
        reading = mine.labelled()
        download(
            "gates.npz", lambda: inside(reading.npz(), manifest()), "All gates and squeezes (NPZ)"
        )
        if reading.output.classes:
            download("predictions.csv", lambda: csv_of(_top(reading)), "Top-5 predictions (CSV)")
        download(
            "gates.json",
            lambda: described(manifest(), _top(reading)),
            "Manifest (JSON)",
            MANIFEST,
        )


def _top(reading: Reading) -> pd.DataFrame:
    return with_class_from(top_table(reading), reading)


PAGE = Page("Your pictures", "pictures", "What does the network take your own pictures for?", draw)
