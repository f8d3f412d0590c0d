"""Folders whose names are the same but for the form of Unicode that they are written in."""

from __future__ import annotations

import pytest

from se_viz.pictures import Remark, gather_paths, gather_uploads
from se_viz.pictures.labels.placement import FORMS
from tests.pictures import picture_files as make

JPEG = make.picture(kind="JPEG")
WHOLE, APART = "\u00e9l\u00e8ve", "e\u0301le\u0300ve"
FORMED = {
    "classes": ([f"set/{WHOLE}/1.jpg", f"set/{APART}/2.jpg", "set/cat/3.jpg"], True),
    "deeper": ([f"set/{WHOLE}/x/1.jpg", f"set/{APART}/x/2.jpg", "set/cat/3.jpg"], True),
    "below": ([f"set/cat/{WHOLE}/1.jpg", f"set/cat/{APART}/2.jpg", "set/dog/3.jpg"], False),
    "files": ([f"set/{APART}/{WHOLE}.jpg", f"set/{APART}/{APART}.jpg", "set/cat/3.jpg"], False),
}


def formed(items) -> list[str]:
    """The classes of which it is said that Unicode writes their folders in two forms."""
    return [item.name for item in items if isinstance(item, Remark) and item.text == FORMS]


@pytest.mark.parametrize("case", FORMED)
def test_they_are_not_merged_without_a_word(case, tmp_path):
    paths, said = FORMED[case]
    files = dict.fromkeys(paths, JPEG)
    for path in paths:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(JPEG)
    packed = make.zip_of(files)
    assert formed(gather_uploads(files.items())) == [WHOLE] * said
    assert formed(gather_uploads([("s.zip", packed)])) == [WHOLE] * said
    if len(list(tmp_path.rglob("*.jpg"))) == len(paths):  # some disks know one form only
        assert formed(gather_paths([tmp_path / "set"])) == [WHOLE] * said


def test_nor_of_files_given_one_by_one(tmp_path):
    for name in (WHOLE, APART):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / "1.jpg").write_bytes(JPEG)
    if len(list(tmp_path.iterdir())) == 2:
        given = [tmp_path / name / "1.jpg" for name in (WHOLE, APART)]
        assert formed(gather_paths(given)) == [WHOLE]
