"""`python -m se_viz profile`: the class profile of pictures as a file."""

from __future__ import annotations

import argparse

from se_viz import files, profiles
from se_viz.analysis.networks.constant_gates import steady
from se_viz.analysis.profiles.groups import guesses
from se_viz.cli import network, output, pictures
from se_viz.experiments.predict import PictureLog
from se_viz.experiments.profile import profile_of
from se_viz.manifest import inside
from se_viz.probe.gates import constant

NAME = "profile"
TEXT = "write the class profile of pictures"


def options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    pictures.options(command)
    output.options(command, "FILE.npz")
    network.options(command)


def run(choice: argparse.Namespace) -> int:
    """Write the statistics of the gates, class by class."""
    output.check(choice)
    sources = pictures.gather(choice)
    probe = network.probe_of(choice)
    log, title = PictureLog(), " ".join(pictures.names(choice.paths))
    made = profile_of(probe, pictures.readings(sources, probe, log), title)
    if not made.pictures:
        return output.nothing()
    manifest = output.manifest(choice, NAME, probe, log)
    files.write(choice.out, inside(profiles.as_npz(made), manifest))
    print(f"{made.pictures} pictures in {len(made.classes)} classes{guesses(made)}: {choice.out}")
    for sentence in constant.sentences(probe.sites, steady(made), made.pictures):
        print(sentence)
    return 0
