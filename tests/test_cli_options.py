"""What the command line says of a network is used or refused with a sentence, never dropped."""

from __future__ import annotations

import argparse
import itertools
import json

import keras
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from se_viz import cli
from se_viz.cli import network as module
from se_viz.cli.kinds import takers
from se_viz.cli.unused import filled, refuse_unused
from se_viz.interventions import registry
from se_viz.manifest import of_npz
from se_viz.nets import builtin, zoo
from se_viz.nets.network import Network
from se_viz.nets.pixel_options import PIXELS, PixelOptions
from se_viz.nets.se_resnet import build
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.nets.se_resnet.se_block import squeeze_excite
from se_viz.pictures import INTERPOLATIONS, Preprocessing
from se_viz.probe.probe import Probe
from se_viz.probe.stored import store
from tests.nets.own import files
from tests.pictures.picture_files import picture

LAYOUT = "depth=18,width=0.125,classes=3,ratio=8,size=32"
KINDS = {  # size, number of classes, preprocessing, whether it has its layout from the person
    "builtin": (160, 10, builtin.PREPROCESSING, False),
    "seresnet50.a1": (160, 10, builtin.PREPROCESSING, False),
    "mine.keras": (16, 3, Preprocessing(16), False),
    "mine.weights.h5": (32, 3, Preprocessing(32), True),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One's own files, and lists of 3 and 10 classes."""
    made = tmp_path_factory.mktemp("own")
    (made / "mine.keras").write_bytes(files.plain())
    small = build.build(SEResNet(18, 0.125, 3, 8, size=32))
    (made / "mine.weights.h5").write_bytes(files.saved(small, ".weights.h5"))
    for count in (3, 10):
        names = "\n".join(f"thing {number}" for number in range(count))
        (made / f"{count}.txt").write_text(names, encoding="utf-8")
    (made / "p.png").write_bytes(picture(1))
    return made


@pytest.fixture(scope="module")
def loaded():
    """A small network in the built-in one's place, for every name of the list."""
    pictures = keras.Input((160, 160, 3))
    u = squeeze_excite(keras.layers.Conv2D(8, 7, 4)(pictures), 4, name="SE")
    logits = keras.layers.Dense(10)(keras.layers.GlobalAveragePooling2D()(u))
    model = keras.Model(pictures, logits)
    network = Network(
        "builtin", builtin.TITLE, model, builtin.PREPROCESSING, builtin.CLASSES, "f" * 64
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zoo, "load", lambda name, progress: network)
        patch.setattr(store, "probe_of", lambda entry, progress, precision: Probe(network))
        yield network


def arguments(kind: str, folder, said: dict) -> list[str]:
    name = str(folder / kind) if kind.startswith("mine") else kind
    rest = said | ({"classes": folder / f"{said['classes']}.txt"} if "classes" in said else {})
    return ["--model", name, *itertools.chain(*((f"--{k}", str(v)) for k, v in rest.items()))]


def refused(kind: str, said: dict) -> bool:
    size, classes, _, takes_layout = KINDS[kind]
    return (
        said.get("size", size) != size
        or said.get("classes", classes) != classes
        or ("layout" in said and not takes_layout)
    )


OPTIONS = {
    "pixels": st.sampled_from(sorted(PIXELS)),
    "size": st.sampled_from([16, 32, 160]),
    "crop": st.sampled_from([0.5, 0.875]),
    "interpolation": st.sampled_from(sorted(INTERPOLATIONS)),
    "classes": st.sampled_from([3, 10]),
    "layout": st.just(LAYOUT),
}


def parsed(*given: str) -> argparse.Namespace:
    return cli._parser().parse_args(module.joined(given))


def check_options(kind: str, said: dict, folder) -> None:
    command = ["gates", "p.png", "--out", "o.npz", *arguments(kind, folder, said)]
    choice = parsed(*command)
    if refused(kind, said):
        with pytest.raises(ValueError, match=r"^\S.*\.$") as caught:
            module._network(choice)
        assert len(str(caught.value).splitlines()) == 1
        return
    network, usual = module._network(choice), KINDS[kind][2]
    words = {name: said[name] for name in said if name in vars(PixelOptions())}
    assert network.preprocessing == PixelOptions(**words).upon(usual)
    assert (network.grounds.kind == "said") == ("pixels" in said)
    assert ("thing 0" in network.classes) == ("classes" in said)
    assert set(module.said(choice)) == set(said)


@pytest.mark.parametrize("kind", ["builtin", "seresnet50.a1", "mine.keras"])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(said=st.fixed_dictionaries({}, optional=OPTIONS))
def test_whatever_is_said_of_a_network_is_used_or_refused(kind, said, folder, loaded):
    check_options(kind, said, folder)


@pytest.mark.parametrize(
    "said",
    [
        {"crop": 0.5, "classes": 3},
        {"pixels": "0..1", "interpolation": "lanczos", "size": 32},
        {"size": 16},
        {"classes": 10},
    ],
    ids=str,
)
def test_so_is_it_of_weights_alone(said, folder):
    check_options("mine.weights.h5", said | {"layout": LAYOUT}, folder)


def run(*given: object) -> int:
    return cli.main([str(part) for part in given])


def test_what_was_said_of_a_named_network_shapes_the_numbers_and_stands_in_the_manifest(
    folder, loaded, tmp_path, capsys
):
    said = {"pixels": "-1..1", "crop": 0.5, "classes": 10}
    for name, options in (("usual", {}), ("other", said)):
        out = tmp_path / f"{name}.npz"
        assert (
            run("gates", folder / "p.png", "--out", out, *arguments("builtin", folder, options))
            == 0
        )
    assert "builtin: It gets -1..1 because that was chosen.\n" in capsys.readouterr().err
    usual, other = (dict(np.load(tmp_path / f"{name}.npz")) for name in ("usual", "other"))
    assert np.abs(usual["gate/SE_1"] - other["gate/SE_1"]).max() > 1e-3
    made = of_npz(other)
    assert (
        made["preprocessing"]
        == PixelOptions("-1..1", crop=0.5).upon(builtin.PREPROCESSING).as_dict()
    )
    assert made["preprocessing_because"]["kind"] == "said"
    assert of_npz(usual)["preprocessing_because"]["kind"] == "published"
    words = {"model": "builtin", "paths": ["p.png"], "pixels": "-1..1", "crop": 0.5}
    assert made["settings"] == words | {"classes": "10.txt"}
    assert str(folder) not in json.dumps(made)


def test_a_guess_is_loud_and_names_what_settles_it(folder, tmp_path, capsys):
    out = tmp_path / "gates.npz"
    given = ["gates", folder / "p.png", "--out", out, "--model", folder / "mine.keras"]
    assert run(*given) == 0
    said = capsys.readouterr().err
    assert "mine.keras: A GUESS: it gets ImageNet's mean and standard deviation" in said
    assert "Settle it with --pixels: 0..255, 0..1, -1..1, imagenet." in said
    assert of_npz(np.load(out))["preprocessing_because"]["kind"] == "guess"
    assert run(*given, "--pixels", "0..1", "--force") == 0
    assert "GUESS" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (["--size", "224"], "takes pictures of 160 x 160 pixels and no others"),
        (["--layout", "depth=18"], "--layout is for a file of weights, not for builtin."),
        (["--crop", "2"], "crop must lie in (0, 1], not 2.0"),
    ],
)
def test_what_does_not_fit_a_named_network_is_one_sentence(more, reason, loaded, capsys):
    assert run("check", *more) == cli.MISUSED
    assert reason in capsys.readouterr().err


VALUES = {
    **{"at": "all", "do": "bypass", "value": "1", "class": "x", "like": "x", "seed": "1"},
    "end": "1",
}


@pytest.mark.parametrize("do", [None, *registry.by_key()])
@pytest.mark.parametrize("name", sorted(takers()))
def test_an_option_of_intervene_is_for_its_own_way_alone(do, name):
    to_mean = ["--end", "mean"] if do == "blend" else []
    given = ["intervene", "x", *([] if do is None else ["--do", do]), *to_mean, f"--{name}", "1"]
    choice = parsed(*given)
    if (do or "bypass") in takers()[name]:
        refuse_unused(choice)
        return
    with pytest.raises(ValueError, match=rf"^--{name} has no use here, as --do is "):
        refuse_unused(choice)


def test_a_profile_is_for_a_blend_that_goes_to_the_mean():
    given = ["intervene", "x", "--do", "blend", "--profile", "x.npz"]
    with pytest.raises(ValueError, match=r"^--profile has no use here, as --end is not mean"):
        refuse_unused(parsed(*given))
    refuse_unused(parsed(*given, "--end", "mean"))


@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_sweep_takes_no_other_way(name):
    given = ["intervene", "x", "--sweep", f"--{name}", VALUES[name]]
    with pytest.raises(ValueError, match=rf"^--{name} has no use here, as --sweep"):
        refuse_unused(parsed(*given))


def test_what_is_not_given_has_its_default():
    choice = parsed("intervene", "x", "--sweep", "--profile", "x.npz")
    refuse_unused(choice)
    made = filled(choice)
    assert (made.at, made.do, made.value, made.name, made.seed) == (["all"], "bypass", 1.0, "", 0)


def test_the_shipped_profile_is_not_for_other_pixels(folder, loaded, capsys):
    given = ["intervene", folder / "p.png", "--do", "freeze", "--pixels", "0..1"]
    assert run(*given) == cli.MISUSED
    assert "no class profile of its own for pictures that are prepared" in capsys.readouterr().err
