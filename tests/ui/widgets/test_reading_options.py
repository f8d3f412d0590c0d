"""What files of pictures do not say about themselves, said on the page."""

from __future__ import annotations

import numpy as np

from se_viz.pictures.remarks import tell
from se_viz.ui.widgets import reading_options
from tests.pictures.picture_files import Entry, pack, photo, picture, tiff, zip_from, zip_of
from tests.ui.driver import go, mine, open_app, sound, upload
from tests.ui.saving import manifest, saving

DAYS = {
    f"{kind}/{day}/1.png": picture(number)
    for number, (kind, day) in enumerate((k, d) for k in ("benign", "malignant") for d in "ab")
}


def sources(app) -> list[str]:
    return [shot.source for shot in mine(app).shots]


def test_a_level_of_folders_and_a_code_page_are_chosen_and_said():
    app = open_app()
    app.sidebar.selectbox(key=reading_options.LEVEL).select(2)
    app.sidebar.selectbox(key=reading_options.ZIP_NAMES).select("cp932")
    packed = [Entry(f"{name}/猫/1.png".encode("cp932"), data) for name, data in ODD.items()]
    upload(app, {"days.zip": zip_of(DAYS), "old.zip": zip_from(packed)})
    assert mine(app).labels == ("a", "b", "a", "b", "猫", "猫")
    told = tell(mine(app).remarks, reading_options.WORDS)
    assert any("Names were read as Japanese (cp932), as chosen" in text for text in told)
    assert any("are one class, wherever they lie (days.zip/benign/a" in text for text in told)
    assert set(told) <= {line.value for line in app.sidebar.text}


def test_no_choice_can_be_emptied():
    boxes = open_app().sidebar.selectbox
    assert boxes
    assert all(box.proto.HasField("default") for box in boxes)
    assert all(box.value is not None for box in boxes)


ODD = {"表": picture(8), "能": picture(9)}


def test_classes_come_from_a_list_or_from_names():
    app = open_app()
    pets = {"cat.0.png": picture(1), "dog.0.png": picture(2)}
    app.sidebar.selectbox(key=reading_options.FROM).select(reading_options.NAMES)
    upload(app, pets)
    assert (mine(app).labels, sources(app)) == (("cat", "dog"), ["file name"] * 2)
    app.sidebar.button(key="forget").click()
    sound(app.run())
    app.sidebar.selectbox(key=reading_options.FROM).select(reading_options.FOUND)
    upload(app, {"pets.zip": zip_of(pets), "labels.csv": b"id,class\ncat.0,lion\ndog.0,wolf\n"})
    assert (mine(app).labels, sources(app)) == (("lion", "wolf"), ["list"] * 2)
    assert not mine(app).skipped


def test_what_is_saved_does_not_run_and_is_a_list_that_can_be_read():
    files = {"=1+1.png": picture(1), "@2.png": picture(2), "skip.txt": b"x"}
    app = upload(open_app(), {"set.zip": zip_of({f"-x/{n}": data for n, data in files.items()})})
    with saving() as saved:
        go(app, "pictures")
    text = saved["predictions.csv"]().decode()
    assert "\n'=1+1.png,'-x,folder,1," in text
    assert manifest(saved, "gates")["cells_neutralised"] == 20  # five rows of two pictures
    assert manifest(saved, "skipped")["cells_neutralised"] == 0
    mine(app).rename({0: "other", 1: "other"})
    app.main.file_uploader[0].set_value([("predictions.csv", text.encode(), "text/csv")])
    sound(app.run())
    assert mine(app).labels == ("-x", "-x")


def test_a_list_names_the_classes_of_pictures_that_are_here():
    app = upload(open_app("pictures"), {"1.png": picture(1), "2.png": picture(2)})
    rows = b"picture,class\n1.png,'=lion\n3.png,wolf\n"
    app.main.file_uploader[0].set_value([("mine.csv", rows, "text/csv")])
    sound(app.run())
    assert mine(app).labels[0] == "=lion"
    assert sources(app) == ["list", "prediction"]
    assert tell(mine(app).remarks) == [
        "mine.csv: Classes were taken from it (picture and class): 1; rows of no picture here, or "
        "of no class: 1; pictures without a row: 1."
    ]
    app.main.file_uploader[0].set_value([("mine.csv", b"no list", "text/csv")])
    assert sound(app.run()).main.error[0].value == "mine.csv names none of these pictures."


def test_the_page_names_its_own_controls_never_options_of_the_command_line():
    frames = [photo(20, 16, seed) for seed in range(2)]
    stack = pack(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    deep = tiff((np.arange(256).reshape(16, 16) * 10).astype("<u2"))
    files = {f"{name}/x/{number}.png": picture(10 + number) for number, name in enumerate("ab")}
    files |= {"a/x/s.tif": stack, "labels.csv": b"file,class\n0.png,c\n1.png,d\n"}
    app = upload(open_app(), {"set.zip": zip_of(files), "d.tif": deep})
    lines = [line.value for line in app.sidebar.text]
    for field in ("class_level", "pages", "range", "labels"):
        assert any(reading_options.WORDS[field] in line for line in lines), (field, lines)
    assert not [line for line in lines if "--" in line or "\x1a" in line]
    with saving() as saved:
        go(app, "pictures")
    assert not [line for line in manifest(saved, "gates")["read"] if "--" in line or "\x1a" in line]
    skipped = app.main.dataframe[-1].value
    assert reading_options.WORDS["labels"] in skipped["why"][0]
