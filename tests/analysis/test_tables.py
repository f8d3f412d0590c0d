"""Tables as CSV: nothing in them runs in a spreadsheet, and everything comes back."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.analysis.predictions.tables import flips_table, top_table
from se_viz.analysis.tables import csv_of, neutralised
from se_viz.nets.output import Output
from se_viz.pictures.cells import neutral, restored
from se_viz.pictures.labels.lists import ClassList
from se_viz.pictures.labels.matching import Index, assign
from se_viz.pictures.labels.names import class_name, split, unique_names
from se_viz.probe.reading import Reading

SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]


@pytest.mark.parametrize("sign", SIGNS)
def test_text_that_would_run_does_not(sign):
    assert neutral(f"{sign}1+1") == f"'{sign}1+1"
    assert neutral(f"'{sign}1+1") == f"''{sign}1+1"
    assert neutral(f"a{sign}") == f"a{sign}"


letters = st.characters(codec="utf-8")
cells = st.text(st.one_of(st.sampled_from([*SIGNS, "'", '"', ",", "a"]), letters))


@given(cells)
@settings(deadline=None)
def test_it_is_undone_exactly(text):
    assert restored(neutral(text)) == text
    assert neutral(text)[:1] not in SIGNS


def test_numbers_stay_numbers():
    table = pd.DataFrame({"-x": ["-1", "b"], "y": [-1.5, 2.0], "n": [-3, 4], "on": [True, False]})
    assert csv_of(table) == b"'-x,y,n,on\n'-1,-1.5,-3,True\nb,2.0,4,False\n"
    assert neutralised(table) == 2


def test_what_is_missing_stays_missing():
    table = pd.DataFrame({"a": ["=1", None, np.nan], "b": pd.Categorical(["=x", "y", "=x"])})
    assert csv_of(table) == b"a,b\n'=1,'=x\n,y\n,'=x\n"
    assert neutralised(table) == 3


def test_a_table_that_is_saved_stays_as_it_is():
    table = pd.DataFrame({"a": ["=1"]})
    csv_of(table)
    assert table["a"].tolist() == ["=1"]


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
@settings(deadline=None)
def test_no_cell_of_a_file_begins_as_a_formula(rows):
    table = pd.DataFrame(rows, columns=["=a", "b"])
    text = csv_of(table).decode().replace("\r\n", "\n")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    found = [cell for line in lines for cell in line]
    assert not [cell for cell in found if cell[:1] in SIGNS]


names = st.text(st.one_of(st.sampled_from("=+-@'\",;|\t a"), letters), min_size=1).filter(
    lambda text: "/" not in text and "\\" not in text
)


@given(st.lists(st.tuples(names, names), min_size=1, max_size=6))
@settings(deadline=None)
def test_a_list_that_was_saved_here_gives_back_the_same_classes(rows):
    shown = unique_names([split(name) for name, _ in rows])
    labels = [class_name(label) for _, label in rows]
    index = Index(shown, [split(name) for name, _ in rows])
    logits, output = np.zeros((len(rows), 3)), Output("logits", ("=a", "b", "c"))
    for table in (
        top_table(Reading(tuple(shown), tuple(labels), logits, {}, {}, output)),
        flips_table(shown, labels, logits, logits, output),
    ):
        found = assign(ClassList("saved.csv", csv_of(table)).table(), index)
        assert found.labels == dict(enumerate(labels))
        assert (found.strangers, found.unclear, found.torn) == (0, 0, set())
