"""`python -m se_viz profile`: the class profile of pictures as a file."""

from __future__ import annotations

import argparse

from se_viz import files
from se_viz.analysis.networks.constant_gates import steady
from se_viz.cli import network, output, pictures
from se_viz.manifest import Pictures, inside
from se_viz.pictures import Remark
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
    from se_viz import profiles
    from se_viz.analysis.profiles.groups import guesses
    from se_viz.engines.origins import origin_of

    origin = origin_of(probe, " ".join(pictures.names(choice.paths)))
    made, seen = profiles.empty((), probe.blocks, origin), Pictures()
    remarks: list[Remark] = []
    for chunk in pictures.chunks(sources, probe):
        remarks += chunk.remarks
        if chunk.reading:
            reading = output.noted(chunk, seen)
            made = profiles.merge(made, profiles.of_reading(reading, probe.blocks, origin))
    if not made.pictures:
        return output.nothing()
    manifest = output.manifest(choice, NAME, probe, seen, remarks)
    files.write(choice.out, inside(made.npz(), manifest))
    print(f"{made.pictures} pictures in {len(made.classes)} classes{guesses(made)}: {choice.out}")
    for sentence in constant.sentences(probe.sites, steady(made), made.pictures):
        print(sentence)
    return 0
