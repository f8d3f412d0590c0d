"""Classes from a list, for pictures that are already here."""

from __future__ import annotations

import streamlit as st

from se_viz.pictures import Remark
from se_viz.pictures.labels.listing import taken
from se_viz.pictures.labels.lists import MOST_BYTES, ClassList, ListError
from se_viz.pictures.labels.matching import Index, assign
from se_viz.pictures.labels.names import clean, split
from se_viz.pictures.limits import MIB
from se_viz.ui.state.session import Collection

KEY = "list of classes"


def show(mine: Collection) -> tuple[dict[int, str], Remark] | None:
    """A button that opens to an uploader; new classes by row with what to know of the list."""
    with st.popover("Classes from a list", icon=":material/list:"):
        st.caption(
            "A CSV, TSV, text or JSON file that says which picture is of which class, such as one "
            "that was saved here."
        )
        key = f"{KEY} {mine.uploads} {st.session_state.get('edits', 0)}"
        given = st.file_uploader("List of classes", key=key, max_upload_size=MOST_BYTES // MIB)
        if given is None:
            return None
        try:
            return _read(mine, ClassList(clean(given.name), given.getvalue()))
        except ListError as error:
            st.error(str(error))
            return None


def _read(mine: Collection, given: ClassList) -> tuple[dict[int, str], Remark]:
    names = [shot.name for shot in mine.shots]
    found = assign(given.table(), Index(names, [split(name) for name in names]))
    left = len(names) - len(found.labels)
    return found.labels, taken(given.name, found, len(found.labels), left, names)
