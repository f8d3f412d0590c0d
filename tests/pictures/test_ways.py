"""Sentences leave open how a thing is set otherwise: the surface says that."""

from __future__ import annotations

from dataclasses import fields

from se_viz.pictures import PictureOptions, Remark
from se_viz.pictures.labels.names import clean
from se_viz.pictures.remarks import tell
from se_viz.pictures.ways import OPTIONS, said, way
from se_viz.ui.widgets.reading_options import WORDS


def test_every_surface_has_words_for_the_same_ways():
    assert OPTIONS.keys() == WORDS.keys() < {field.name for field in fields(PictureOptions)}


def test_a_surface_says_it_in_its_own_words():
    remark = Remark("a.tif", f"{way('pages')} takes all.")
    assert tell([remark]) == ["a.tif: --pages all takes all."]
    (line,) = tell([remark], WORDS)
    assert line == "a.tif: “Pages and frames” under “How files are read” takes all."


def test_names_of_files_are_no_marks():
    assert said(clean(way("pages"))) == "pages"
