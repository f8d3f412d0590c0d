"""Pictures of one's own: what is taken, what is skipped and why, and what shows of it."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from se_viz.nets.builtin import CLASSES
from se_viz.pictures import Limits, draw_stimuli
from se_viz.ui.state import inference
from se_viz.ui.widgets import upload_box
from se_viz.ui.widgets.view_options import CLASSES_SHOWN
from tests.pictures.picture_files import pack, photo, picture, zip_of
from tests.ui.driver import blocks, figures, go, legend, mine, open_app, pick, sound, upload

GOOD = picture(1)
FOLDERS = {"set/cats/1.png": picture(2), "set/dogs/2.png": picture(3), "set/dogs/3.png": picture(4)}
SKIPPED = {
    "again.png": "is the same picture as good.png",
    "broken.jpg": "is a broken or cut-off JPEG picture",
    "notes.txt": "is not a JPEG, PNG,",
    "hollow.png": "is empty",
    "empty.zip": "is a ZIP without any files",
    "torn.zip": "is a broken ZIP",
}


def rotated() -> bytes:
    """A picture of 40 x 60 as people see it, stored on its side."""
    turned = Image.Exif()
    turned[0x0112] = 6
    return pack(photo(60, 40), "JPEG", exif=turned)


def handful() -> dict[str, bytes]:
    return {
        "good.png": GOOD,
        "rotated.jpg": rotated(),
        "again.png": GOOD,
        "broken.jpg": pack(photo(64, 64), "JPEG")[:200],
        "notes.txt": b"no picture",
        "hollow.png": b"",
        "empty.zip": zip_of({}),
        "torn.zip": zip_of(FOLDERS)[:100],
        "folders.zip": zip_of(FOLDERS),
    }


@pytest.fixture(scope="module")
def app():
    return upload(open_app(), handful())


def test_what_can_be_read_is_taken(app):
    assert [shot.name for shot in mine(app).shots] == [
        "good.png",
        "rotated.jpg",
        *("1.png", "2.png", "3.png"),
    ]
    assert len(mine(app).reading) == 5


def test_labels_come_from_folders_or_from_the_prediction(app):
    sources = [shot.source for shot in mine(app).shots]
    assert sources == ["prediction", "prediction", "folder", "folder", "folder"]
    assert mine(app).labels[2:] == ("cats", "dogs", "dogs")
    best = mine(app).reading.outputs.argmax(1)
    assert mine(app).labels[:2] == tuple(CLASSES[row] for row in best[:2])


def test_a_rotated_picture_stands_upright(app):
    shot = mine(app).shots[1]
    assert (shot.width, shot.height) == (40, 60)
    with Image.open(io.BytesIO(shot.thumbnail)) as seen:
        assert seen.height > seen.width


@pytest.mark.parametrize(("name", "why"), SKIPPED.items())
def test_what_cannot_be_used_is_named_with_one_sentence(app, name, why):
    reasons = [item.reason for item in mine(app).skipped if item.name == name]
    assert len(reasons) == 1
    assert reasons[0].startswith(name)
    assert why in reasons[0]
    assert re.fullmatch(r"[^.]*\.\w+[^.]*(\.\w+[^.]*)?\.", reasons[0])
    assert reasons[0] in [line.value for line in app.sidebar.text]


def test_nothing_else_is_skipped(app):
    assert {item.name for item in mine(app).skipped} == set(SKIPPED)


def test_the_sidebar_counts_both(app):
    classes = len(set(mine(app).labels))
    assert app.sidebar.success[0].value == f"5 pictures in {classes} classes."
    assert app.sidebar.warning[0].value == "Skipped: 6 files."


def test_their_classes_are_chosen_and_drawn_over_the_built_in_ones(app):
    go(app, "gates")
    assert app.multiselect(key="classes").value == list(dict.fromkeys(mine(app).labels))
    assert {"cats", "dogs", "your 5 pictures, classes of 2 guessed"} <= set(legend(app))
    assert any(name.startswith("built-in validation set") for name in legend(app))


def test_each_picture_shows_with_its_five_likeliest_classes(app):
    go(app, "gates")
    strip = next(part.body for part in app.main.html if 'class="strip"' in part.body)
    assert strip.count("data:image/jpeg;base64,") == 5
    assert strip.count('class="guess"') == 25
    assert "class: cats (folder)" in strip


def test_the_page_of_pictures_lists_what_was_skipped(app):
    go(app, "pictures")
    table = app.main.dataframe[-1].value
    assert set(table["file"]) == set(SKIPPED)
    assert list(table["why"]) == [item.reason for item in mine(app).skipped]


def test_one_is_no_plural():
    app = upload(open_app(), {"good.png": GOOD, "broken.jpg": b"\xff\xd8\xff"})
    assert app.sidebar.success[0].value == "1 picture in 1 class."
    assert app.sidebar.warning[0].value == "Skipped: 1 file."
    assert "your 1 picture, classes guessed" in legend(app)


@pytest.mark.parametrize("data", [b"", b"no picture", zip_of({})], ids=["empty", "text", "zip"])
def test_an_upload_without_any_picture_is_explained(data):
    app = upload(open_app(), {"only.zip" if data[:2] == b"PK" else "only.png": data})
    assert app.sidebar.warning[0].value == "Skipped: 1 file."
    assert legend(app)[-1] == "all"
    go(app, "pictures")
    assert "Nothing that was uploaded could be used" in app.main.info[0].value
    assert len(app.main.dataframe[-1].value) == 1


def test_names_cannot_bring_markup_into_the_page():
    name = "<img src=x onerror=alert(1)>.png"
    app = upload(open_app(), {"mine.zip": zip_of({f"<b>cats<b>/{name}": GOOD})})
    pages = "".join(part.body for part in app.main.html)
    assert "&lt;b&gt;cats" in pages
    assert "<b>cats" not in pages
    assert "<img src=x" not in pages
    assert not any("<b>cats" in name for name in legend(app))


def test_pictures_of_later_uploads_join_the_earlier_ones():
    app = upload(open_app(), {"a.png": GOOD})
    upload(app, {"a.png": picture(2), "b.png": GOOD})
    assert [shot.name for shot in mine(app).shots] == ["a.png", "a.png (2)"]
    assert mine(app).skipped[0].reason == "b.png is the same picture as a.png and counts only once."
    assert mine(app).labelled().names == ("a.png", "a.png (2)")


def test_the_uploader_is_empty_again_so_that_nothing_is_kept_twice():
    app = upload(open_app(), {"a.png": GOOD})
    assert not app.sidebar.file_uploader[0].value
    sound(app.run())
    assert len(mine(app)) == 1
    assert not mine(app).skipped


def test_no_full_size_picture_is_kept():
    app = upload(open_app(), {"big.jpg": pack(photo(1200, 900), "JPEG")})
    shot = mine(app).shots[0]
    assert (shot.width, shot.height) == (1200, 900)
    with Image.open(io.BytesIO(shot.thumbnail)) as small:
        assert max(small.size) == 128


def test_the_uploader_says_what_it_takes_and_how_much():
    app = open_app()
    said = [node.value for node in app.sidebar.caption]
    most = "Pictures of up to 50 MB, ZIPs of up to 1.0 GB."
    assert f"{most} For folders and their names, choose “a folder” above." in said
    app.sidebar.selectbox(key="way").select("a folder")
    assert most in [node.value for node in sound(app.run()).sidebar.caption]


def test_a_folder_names_classes_by_its_folders():
    app = open_app()
    app.sidebar.selectbox(key="way").select(upload_box.FOLDER)
    sound(app.run())
    assert app.sidebar.file_uploader[0].accept_directory
    upload(app, FOLDERS | {"set/.DS_Store": b"junk"})
    assert mine(app).labels == ("cats", "dogs", "dogs")
    assert not mine(app).skipped


def test_the_files_of_a_folder_come_by_path_as_people_count_whatever_the_browser_does():
    app = open_app()
    app.sidebar.selectbox(key="way").select(upload_box.FOLDER)
    sound(app.run())
    names = ["set/b/1.png", "set/a/10.png", "set/a/2.png"]
    upload(app, {name: picture(seed) for seed, name in enumerate(names)})
    assert [shot.name for shot in mine(app).shots] == ["2.png", "10.png", "1.png"]


def test_the_camera_gives_one_picture_after_another():
    app = open_app()
    app.sidebar.selectbox(key="way").select(upload_box.CAMERA)
    sound(app.run())
    for seed in (1, 2):
        app.sidebar.camera_input[0].upload("shot.jpg", picture(seed, "JPEG"), "image/jpeg")
        sound(app.run())
    assert [shot.name for shot in mine(app).shots] == ["camera 1.jpg", "camera 2.jpg"]


def test_stimuli_run_family_by_family():
    app = open_app()
    app.sidebar.selectbox(key="way").select(upload_box.STIMULI)
    kinds = sound(app.run()).sidebar.multiselect[0]
    assert set(kinds.options) == {stimulus.family for stimulus in draw_stimuli(64)}
    kinds.set_value(["noise"])
    button = sound(app.run()).sidebar.button[0]
    count = sum(stimulus.family == "noise" for stimulus in draw_stimuli(64))
    assert button.label == f"Draw {count} pictures"
    button.click()
    sound(app.run())
    assert mine(app).labels == ("noise",) * count
    assert "noise" in legend(app)


def test_with_no_kind_of_stimulus_there_is_nothing_to_draw():
    app = open_app()
    app.sidebar.selectbox(key="way").select(upload_box.STIMULI)
    sound(app.run()).sidebar.multiselect[0].set_value([])
    assert sound(app.run()).sidebar.button[0].disabled


def allow(monkeypatch, pictures: int, size: int = 2**30) -> None:
    """Let a session hold so many pictures, and so many bytes of them."""
    limits = Limits(upload_files=pictures, upload_bytes=size)
    monkeypatch.setattr(upload_box, "LIMITS", limits)
    monkeypatch.setattr(inference, "LIMITS", limits)


@pytest.mark.parametrize("steps", [[4], [2, 2]], ids=str)
def test_a_session_holds_no_more_pictures_than_allowed(monkeypatch, steps):
    allow(monkeypatch, 3)
    app, start = open_app(), 0
    for count in steps:
        upload(app, {f"{seed}.png": picture(seed) for seed in range(start, start + count)})
        start += count
    assert [shot.name for shot in mine(app).shots] == ["0.png", "1.png", "2.png"]
    reasons = [item.reason for item in mine(app).skipped]
    assert len(reasons) == 1
    assert reasons[0].startswith("3.png was left out")
    assert "3 " in reasons[0].removeprefix("3.png")


def test_the_rest_beyond_the_limit_is_counted_in_one_sentence(monkeypatch):
    allow(monkeypatch, 2)
    app = upload(open_app(), {"0.png": picture(0)})
    upload(app, {"mine.zip": zip_of({f"a/{seed}.png": picture(seed) for seed in range(1, 3)})})
    upload(app, {"3.png": picture(3), "4.png": picture(4)})
    assert len(mine(app)) == 2
    assert [item.reason for item in mine(app).skipped] == [
        "2.png was left out, since a session holds 2 pictures and 1,024 MB at most.",
        "3.png and 1 more were left out, since a session holds 2 pictures and 1,024 MB at most.",
    ]


def test_all_are_removed_at_once():
    app = upload(open_app(), handful())
    pick(app, "own", "good.png")
    before = legend(app)
    app.sidebar.button(key="forget").click()
    sound(app.run())
    assert not len(mine(app))
    assert not mine(app).skipped
    assert not app.sidebar.success
    assert not app.sidebar.warning
    mine_alone = {"cats", "dogs", "your 5 pictures, classes of 2 guessed", "picture good.png"}
    assert set(before) - set(legend(app)) >= mine_alone
    assert len(blocks(app)) == 6
    assert app.multiselect(key="classes").value == list(CLASSES[:CLASSES_SHOWN])
    upload(app, {"good.png": GOOD})
    assert len(mine(app)) == 1
    assert figures(app)
