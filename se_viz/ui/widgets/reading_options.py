"""Beside the uploader: what files of pictures do not say about themselves."""

from __future__ import annotations

import streamlit as st

from se_viz.pictures import PictureOptions
from se_viz.pictures.decoding import ranges
from se_viz.pictures.labels.lists import MOST_BYTES, ClassList
from se_viz.pictures.labels.names import clean
from se_viz.pictures.labels.numbered import NUMBER
from se_viz.pictures.limits import MIB
from se_viz.pictures.options import ALL, FIRST
from se_viz.pictures.sources.zip_names import PAGES
from se_viz.ui.sentences import labels

ZIP_NAMES, LEVEL, FROM, LABELS = "zip names", "class level", "classes from", "labels"
RANGE, PAGES_TAKEN = "grey range", "pages"
"""Keys of the choices."""
TITLE = "How files are read"
LABEL = {
    "zip_names": "Names in old ZIPs",
    "class_level": "The folder that names the class",
    "labels": "A list of classes, which holds against all else",
    "label_pattern": "Classes come from",
    "pages": "Pages and frames",
    "range": "Black and white of deep pictures",
}
"""Of the choices, by the field of `PictureOptions` that they set."""
WORDS = {field: f"“{label}” under “{TITLE}”" for field, label in LABEL.items()}
"""The words of the app for the ways to set them, see `ways`."""
FOUND, FOLDERS, NAMES = WAYS = (
    "folders, else a list",
    "folders alone",
    "words in names of files",
)
BY_MEANING = "found"  # no None, as a list that holds it can be cleared
LEVELS: dict[int | str, str] = {
    BY_MEANING: "found by its name",
    0: "the folder or ZIP itself",
    1: "the folders in it",
    2: "two levels down",
    3: "three levels down",
    -1: "a picture's own folder",
    -2: "the one above its own",
}


def show() -> None:
    """The choices, folded away: without them, what the files say decides."""
    with st.expander(TITLE):
        st.caption(
            "For the pictures that you add next; those that are here stay as they were read, until "
            "you remove them and add them again."
        )
        st.selectbox(
            LABEL["label_pattern"],
            WAYS,
            key=FROM,
            help="A list is a CSV, TSV, text or JSON file among the pictures that says which one "
            "is of which class. Words stand before a number, such as in cat.0.jpg or dog_12.png.",
        )
        st.file_uploader(LABEL["labels"], key=LABELS, max_upload_size=MOST_BYTES // MIB)
        st.selectbox(
            LABEL["class_level"],
            list(LEVELS),
            format_func=LEVELS.__getitem__,
            key=LEVEL,
            help="Found by its name: the first folder whose name means something. Folders such as "
            "train, test, images or data name the class only where no other can.",
        )
        st.selectbox(
            LABEL["zip_names"],
            ["", *PAGES],
            format_func=lambda page: f"{PAGES[page]} ({page})" if page else "found out from them",
            key=ZIP_NAMES,
            help="ZIPs made by old programs do not say in which script their names are.",
        )
        st.selectbox(
            LABEL["pages"],
            [FIRST, ALL],
            format_func={FIRST: "the first of a file is its picture", ALL: "all are"}.__getitem__,
            key=PAGES_TAKEN,
            help="Of stacks, animations and phones' pictures of several shots in one file.",
        )
        st.text_input(
            LABEL["range"],
            placeholder=labels.for_instance("0..4095"),
            key=RANGE,
            help="Pictures of more than 8 bits a channel, as microscopes and scanners make them, "
            "seldom say which of their numbers are black and white. Without a range it is found "
            "out from them.",
        )
        if problem():
            st.error(labels.nothing_is_read(problem()))


def problem() -> str:
    """What is wrong with what a person wrote, so that nothing is read yet; "" where all is well."""
    try:
        chosen()
    except ValueError as error:
        return str(error)
    return ""


def chosen() -> PictureOptions:
    """How the next upload is to be read; raises ValueError with a sentence."""
    state = st.session_state
    written = state.get(RANGE, "")
    given, way = state.get(LABELS), state.get(FROM, FOUND)
    level = state.get(LEVEL, BY_MEANING)
    return PictureOptions(
        zip_names=state.get(ZIP_NAMES, ""),
        class_level=None if level == BY_MEANING else int(level),
        labels=ClassList(clean(given.name), given.getvalue()) if given else None,
        find_lists=way == FOUND,
        label_pattern=NUMBER if way == NAMES else "",
        pages=state.get(PAGES_TAKEN, FIRST),
        range=ranges.parse(written) if written.strip() else None,
    )
