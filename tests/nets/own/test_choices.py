"""What a person says about their network: classes, pixels, and the door that it comes in by."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_viz.nets.own import (
    SWITCH,
    allowed,
    how_to_allow,
    is_own,
    open_file,
    read_classes,
)
from se_viz.pictures.labels.names import LONGEST_LABEL

# Classes


@pytest.mark.parametrize(
    "text",
    [
        "cat\ndog",
        "\ufeffcat\r\ndog\r\n",
        '["cat", "dog"]',
        '{"0": "cat", "1": "dog"}',
        '{"1": ["n1", "dog"], "0": ["n0", "cat"]}',
        '{"dog": 1, "cat": 0}',
    ],
)
def test_every_form_gives_the_names_in_order(text, tmp_path):
    path = tmp_path / "classes"
    path.write_bytes(text.encode())
    for source in (text, text.encode(), path):
        assert read_classes(source) == ("cat", "dog")


def test_names_are_cleaned_and_told_apart():
    assert read_classes("crane\ncra\u202ene\n  a  b ") == ("crane", "crane (2)", "a b")
    assert read_classes("crane\ncrane (2)\ncrane") == ("crane", "crane (2)", "crane (3)")
    assert len(read_classes("x" * 500)[0]) == LONGEST_LABEL


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "empty"),
        ("[]", "empty"),
        ("cat\n\ndog", "no name for class 2"),
        ('["cat", ""]', "no name for class 2"),
        ('["cat", 1]', "not a name"),
        ('{"0": "cat", "2": "dog"}', "no name for index '1'"),
        ('{"0": []}', "not a name"),
        ('{"cat": 0, "dog": 0}', "no name for index '0'"),
        ("[" * 100_000, "starts like JSON"),
        ("{cat", "starts like JSON"),
        (b"\xff\xfe", "no text in UTF-8"),
        ("x\n" * 100_001, "100,001 classes"),
        ("x" * (5 * 2**20), "up to 4 MB"),
    ],
)
def test_what_is_no_list_of_names_is_refused(source, reason):
    with pytest.raises(ValueError, match=reason):
        read_classes(source)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"nowhere does not exist\.$"):
        read_classes(tmp_path / "nowhere")
    with pytest.raises(ValueError, match=r"is a folder, not a file\.$"):
        read_classes(tmp_path)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_anything_is_a_list_of_different_names_or_a_sentence(source):
    try:
        names = read_classes(source)
    except ValueError as error:
        assert str(error).endswith(".")  # noqa: PT017
    else:
        assert len(set(names)) == len(names) > 0


@given(st.lists(st.from_regex("[a-z]{1,9}", fullmatch=True), min_size=1, unique=True))
def test_all_forms_agree(names):
    forms = [
        "\n".join(names),
        json.dumps(names),
        json.dumps({str(i): name for i, name in enumerate(names)}),
        json.dumps({name: i for i, name in enumerate(names)}),
    ]
    assert {read_classes(form) for form in forms} == {tuple(names)}


# The door


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        ("mine.pkl", "can run any program"),
        ("mine.PTH", "safetensors"),
        (
            "mine.txt",
            r"files end with \.keras, \.h5, \.hdf5, \.safetensors, \.weights\.h5, \.onnx, \.tflite",
        ),
        ("mine", "is no network"),
        ("", "The file is no network"),
    ],
)
def test_other_files_are_refused_with_a_way_out(name, way_out):
    with pytest.raises(ValueError, match=way_out):
        open_file(b"\x80\x04", name)


def test_folders_and_missing_files_are_refused(tmp_path):
    with pytest.raises(ValueError, match="is a folder, such as a TensorFlow SavedModel"):
        open_file(tmp_path)
    with pytest.raises(ValueError, match=r"^mine\.keras does not exist\.$"):
        open_file(tmp_path / "mine.keras")


@pytest.mark.parametrize(
    ("value", "on"), [(None, False), ("", False), ("0", False), ("no", False), ("1", True)]
)
def test_it_is_off_until_it_is_turned_on(monkeypatch, value, on):
    monkeypatch.delenv(SWITCH, raising=False)
    if value is not None:
        monkeypatch.setenv(SWITCH, value)
    assert allowed() is on


def test_people_are_told_how_to_turn_it_on():
    assert f"{SWITCH}=1 streamlit run app.py" in how_to_allow()


def test_files_are_told_from_names():
    assert all(map(is_own, ("a.keras", "a.weights.h5", "b/a.safetensors", "./a", "a.pt")))
    assert not any(map(is_own, ("builtin", "legacy_seresnet50", "seresnet152d.ra2")))


def test_nothing_heavy_loads_before_a_file_is_opened():
    script = "import sys, se_viz.nets.own; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not {"tensorflow", "keras", "h5py", "streamlit"} & set(done.stdout.split())
