"""What networks of one's own give, on the command line: shown as what it is, or chosen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from se_viz import cli
from se_viz.manifest import of_npz
from tests.nets.own.files import saved
from tests.pictures.picture_files import picture


def network(head):
    import keras

    from se_viz.nets.se_resnet.se_block import squeeze_excite

    keras.utils.set_random_seed(0)
    pictures = keras.Input((16, 16, 3))
    x = keras.layers.Conv2D(4, 3, activation="relu")(pictures)
    x = squeeze_excite(x, ratio=2, data_format="channels_last", name="SE")
    return keras.Model(pictures, head(keras.layers.GlobalAveragePooling2D()(x)))


def dense(classes: int, activation: str | None = None, bias: str = "zeros"):
    import keras

    return lambda x: keras.layers.Dense(classes, activation, bias_initializer=bias)(x)


@pytest.fixture
def folder(tmp_path) -> Path:
    for name in ("cat", "dog"):
        (tmp_path / "set" / name).mkdir(parents=True)
        (tmp_path / "set" / name / f"{name}.png").write_bytes(picture(len(name) + ord(name[0])))
    return tmp_path / "set"


def run(command: str, folder: Path, head, *more: object, names: str = "") -> int:
    path = folder.parent / "mine.keras"
    if not path.exists():  # a file saved anew is another file
        path.write_bytes(saved(network(head)))
    if names:
        (folder.parent / "names.txt").write_text(names)
        more += ("--classes", folder.parent / "names.txt")
    given = [command, folder, "--model", path, "--pixels", "0..1", *more]
    given += ["--force"] if "--out" in more else []
    return cli.main([str(part) for part in given])


def gates(folder: Path, head, *more: object) -> tuple[dict, dict]:
    out = folder.parent / "gates.npz"
    assert run("gates", folder, head, *more, "--out", out) == 0
    with np.load(out, allow_pickle=False) as file:
        return dict(file), of_npz(file)["output"]


def test_a_file_of_gates_says_what_its_outputs_are(folder, capsys):
    arrays, said = gates(folder, dense(3, "sigmoid"))
    assert (said["kind"], said["known"], said["classes"]) == ("sigmoid", "structure", 3)
    outputs, logits = arrays["outputs"].astype(float), arrays["logits"]
    assert ((outputs > 0) & (outputs < 1)).all()
    np.testing.assert_allclose(logits, np.log(outputs / (1 - outputs)), rtol=1e-4)
    assert said["text"] in capsys.readouterr().err


def test_what_is_assumed_is_said_with_the_option_that_settles_it(folder, capsys):
    _, said = gates(folder, dense(3))
    assert (said["kind"], said["known"]) == ("logits", "assumed")
    assert "so that is assumed" in (err := capsys.readouterr().err)
    assert "Say it with --output." in err
    arrays, said = gates(folder, dense(3), "--output", "multilabel-logits")
    assert (said["kind"], said["known"]) == ("multilabel-logits", "said")
    np.testing.assert_array_equal(arrays["outputs"], arrays["logits"])
    assert "--output" not in capsys.readouterr().err


def test_softmaxes_side_by_side_are_scores_until_somebody_says_more(folder, capsys):
    def head(x):
        import keras

        return keras.layers.Concatenate()([dense(2, "softmax")(x), dense(3, "softmax")(x)])

    _, said = gates(folder, head)
    assert (said["kind"], said["known"]) == ("scores", "assumed")
    assert "so that is assumed. Say it with --output.\n" in capsys.readouterr().err
    assert gates(folder, head, "--output", "sigmoid")[1]["known"] == "said"


def effects(folder: Path, head, *more: object, names: str = "") -> pd.DataFrame:
    out = folder.parent / "effects.csv"
    assert run("intervene", folder, head, *more, "--out", out, names=names) == 0
    return pd.read_csv(out)


def test_one_probability_is_of_two_classes_and_never_always_right(folder, capsys):
    table = effects(folder, dense(1, "sigmoid"), names="dog")
    assert set(table["before"]) <= {"dog", "not dog"}
    assert table["probability_before"].between(0.5, 1).all()
    said = capsys.readouterr().out
    assert "100.0%" not in said
    effects(folder, dense(1, "sigmoid"), names="cat\ndog")
    rows = [line.split() for line in capsys.readouterr().out.splitlines() if " all " in line]
    (whole,) = (line for line in rows if line[0] == "all")
    assert float(whole[1]) == 2
    assert float(whole[2]) == 0.5  # it says the same of both


def test_labels_each_for_itself_are_listed_and_counted_by_themselves(folder, capsys):
    names, head = "cat\ndog\ncow", dense(3, "sigmoid", "ones")
    table = effects(folder, head, names=names)
    assert all(" + " in said for said in table["before"])
    said = capsys.readouterr().out
    assert "Each label is said by itself" in said
    assert effects(folder, head, *sweep(folder, head), names=names)["pictures"].eq(2).all()
    assert "Each label is said by itself" in capsys.readouterr().out


def sweep(folder: Path, head) -> tuple:
    """Options of a sweep, at the mean over these pictures."""
    out = folder.parent / "profile.npz"
    assert run("profile", folder, head, "--out", out) == 0
    return "--sweep", "--profile", out


def test_scores_are_never_percent_and_never_right(folder, capsys):
    head, names = dense(2, None, "ones"), "cat\ndog"
    for flag, more in (("changed", ()), ("flipped", sweep(folder, head))):
        table = effects(folder, head, "--output", "scores", *more, names=names)
        said = capsys.readouterr().out
        assert "%" not in said
        assert "accuracy" not in said
        assert not [name for name in table if "probability" in name or "logit" in name]
        assert not table[flag].any()


def test_how_folders_name_classes_has_no_use_for_scores(folder, capsys):
    given = ["--output", "scores", "--folders", "names"]
    assert run("intervene", folder, dense(2), *given) == cli.MISUSED
    assert "--folders has no use here, as mine.keras, your own gives scores: leave it out." in (
        capsys.readouterr().err
    )


def two(x):
    return {"a": dense(3, "softmax")(x), "b": dense(1, "sigmoid")(x)}


def test_one_of_several_results_is_chosen(folder, capsys):
    arrays, said = gates(folder, two)
    assert (said["result"], said["results"], said["kind"]) == ("a", ["a", "b"], "softmax")
    assert "Of its results a, b, this is a." in capsys.readouterr().err
    arrays, said = gates(folder, two, "--output-name", "b")
    assert (said["result"], said["binary"]) == ("b", True)
    assert arrays["outputs"].shape == (2, 1)


def test_gates_alone_take_no_output(folder, capsys):
    arrays, said = gates(folder, two, "--output", "none")
    assert (said["kind"], arrays["outputs"].shape, arrays["gate/SE_1"].shape) == (
        "none",
        (2, 0),
        (2, 4),
    )
    assert run("profile", folder, two, "--output", "none", "--out", folder.parent / "p.npz") == 0
    assert run("check", folder, two, "--output", "none") == 0
    capsys.readouterr()
    assert run("intervene", folder, two, "--output", "none") == 2
    assert "looked at for its gates alone" in capsys.readouterr().err


def test_gates_alone_need_no_name_of_a_result(folder, capsys):
    assert run("check", folder, two, "--output", "none", "--output-name", "a") == 2
    assert "--output-name has no use here" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--output-name", "c"], "mine.keras has no result 'c'; its results are a, b."),
        (["--output", "sigmoid", "--output-name", "c"], "has no result 'c'"),
    ],
)
def test_a_result_that_is_not_there_is_one_sentence(folder, capsys, more, said):
    assert run("check", folder, two, *more) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--output", "scores"], ["--output-name", "logits"]])
def test_of_a_network_of_the_list_it_is_known(folder, capsys, more):
    assert cli.main(["check", str(folder), *more]) == 2
    assert "What builtin gives is known" in capsys.readouterr().err
