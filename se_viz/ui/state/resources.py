"""What all sessions share: networks when first needed, and what was measured with them once."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from se_viz import profiles as profile
from se_viz.analysis.networks.constant_gates import steady
from se_viz.analysis.profiles.groups import Group
from se_viz.compat.keras_settings import require_tensorflow
from se_viz.experiments import sweep_record
from se_viz.experiments.check import model_inputs_of
from se_viz.experiments.predict import predict
from se_viz.experiments.profile import profile_of
from se_viz.experiments.replication import compare, worth
from se_viz.experiments.replication.compare import Records
from se_viz.experiments.shifts import record as shift_record
from se_viz.experiments.shifts.record import ShiftRecord
from se_viz.experiments.sweep_record import Sweep
from se_viz.manifest import NetworkIdentity
from se_viz.nets import builtin
from se_viz.nets.network import PUBLISHED, Grounds
from se_viz.nets.output import Output
from se_viz.pictures import Stimulus, draw_stimuli
from se_viz.probe.gates.blocks import Block
from se_viz.probe.reading import Reading, join
from se_viz.profiles import Profile
from se_viz.ui.sentences import failures as said
from se_viz.ui.sentences import labels
from se_viz.ui.state import models
from se_viz.ui.state.models import Model
from se_viz.ui.state.networks import MOST, Held

if TYPE_CHECKING:
    from se_viz.probe.check import Check
    from se_viz.probe.probe import Probe

_log = logging.getLogger(__name__)
STIMULI = "pictures drawn by code"
OF_EACH_FAMILY = 4
"""Synthetic stimuli of each family that stand in for a missing class profile."""


@st.cache_resource(show_spinner=False, max_entries=1)
def builtin_profile() -> Profile:
    """The class profile that ships with the app; loads no TensorFlow."""
    return profile.load(builtin.PROFILE)


@st.cache_resource(show_spinner=False, max_entries=1)
def untrained_profile() -> Profile:
    """The class profile of the same network before training, of the same pictures."""
    return profile.load(builtin.UNTRAINED_PROFILE)


@st.cache_resource(show_spinner=False, max_entries=1)
def provenance() -> dict:
    """How the built-in network was made and how good it is."""
    return builtin.provenance()


@st.cache_resource(show_spinner=False, max_entries=1)
def builtin_intervals() -> pd.DataFrame:
    """How sure the class specificity of `builtin_profile` is, an `omega_intervals`; no rows where
    the file is of other weights."""
    record = builtin.intervals()
    same = record["weights_sha256"] == builtin_profile().origin.fingerprint
    return pd.DataFrame(record["rows"] if same else [], columns=record["columns"])


@st.cache_resource(show_spinner=False, max_entries=1)
def shipped_sweep() -> Sweep:
    """The built-in network with each block bypassed and frozen, on the whole validation set."""
    return sweep_record.load(builtin.SWEEP)


@st.cache_resource(show_spinner=False, max_entries=1)
def replication() -> Records:
    """Small networks that were trained to differ in one thing."""
    return compare.read(builtin.REPLICATION)


def replication_times() -> dict[str, Any] | None:
    """What some of them take; None where none were timed."""
    return worth.read_times(builtin.TIMES) if builtin.TIMES.exists() else None


def shipped_shifts() -> ShiftRecord | None:
    """The network of the pages under shifts, on the whole validation set; None where nothing was
    measured of it."""
    return recorded_shifts() if models.current().built_in else None


@st.cache_resource(show_spinner=False, max_entries=1)
def recorded_shifts() -> ShiftRecord | None:
    """The record that ships, where it is of the weights that ship."""
    if not builtin.SHIFTS.exists():
        return None
    found = shift_record.load(builtin.SHIFTS)
    same = found.record["weights_sha256"] == builtin_profile().origin.fingerprint
    return found if same else None


@st.cache_resource(show_spinner=False, max_entries=1)
def held() -> Held:
    """The networks in memory."""
    return Held()


def probe(model: Model | None = None) -> Probe:
    """A network with its probe, by default that of the pages; with a bar while it is loaded.

    Raises:
        ValueError: where it cannot be fetched, read or understood; a sentence for people.
    """
    wanted = model or models.current()
    return held().get(wanted.key, lambda: _load(wanted))


def _load(model: Model) -> Probe:
    bar = st.progress(0.0, said.loading(model.title))

    def progress(done: int, whole: int) -> None:
        share = min(done / max(whole, 1), 1.0)
        text = said.fetching(model.title, done, whole) if share < 1 else said.preparing(model.title)
        bar.progress(share, text)

    try:
        from se_viz.probe.gates.blind import refuse_blind
        from se_viz.probe.probe import Probe
        from se_viz.probe.stored.store import probe_of

        if model.entry:
            made = probe_of(model.entry, progress, model.precision)
        else:
            require_tensorflow()
            made = Probe(model.load(progress), precision=model.precision)
        refuse_blind(model.title, made.found)
        return made
    except ValueError:
        raise  # a sentence for people
    except Exception as error:
        _log.exception("The network %s could not be loaded", model.title)
        raise ValueError(said.cannot_be_loaded(model.title, error)) from error
    finally:
        bar.empty()


def output(model: Model | None = None) -> Output:
    """What a network gives; for the built-in one, it need not be loaded."""
    wanted = model or models.current()
    return builtin.OUTPUT if wanted.built_in else probe(wanted).network.output


def classes(model: Model | None = None) -> tuple[str, ...]:
    """Names of a network's classes, as they are shown."""
    return output(model).classes


def blocks(model: Model | None = None) -> tuple[Block, ...]:
    """A network's SE blocks; those of the built-in one are known without loading it."""
    wanted = model or models.current()
    return builtin_profile().blocks if wanted.built_in else probe(wanted).blocks


def weights() -> dict[str, int] | None:
    """Numbers in the matrices of each block's layers; None for the built-in network, of which they
    follow from its layout."""
    if models.current().built_in:
        return None
    return {site.block.name: site.weights for site in probe().sites}


def constant_gates(seen: Profile | None = None) -> list[str]:
    """Sentences about gates of the network that do not follow the picture, by its weights and, with
    a profile, on its pictures."""
    from se_viz.probe.gates import constant

    measured, pictures = (steady(seen), seen.pictures) if seen else ({}, 0)
    if models.current().built_in:
        return constant.told(measured, len(blocks()), constant.on_pictures(pictures))
    return constant.sentences(probe().sites, measured, pictures)


def identity(model: Model | None = None) -> NetworkIdentity:
    """Which network it is, and what runs it here; the built-in one need not be loaded for it."""
    wanted = model or models.current()
    if wanted.built_in and wanted.key not in held():
        named = (builtin.NAME, builtin.TITLE, builtin_profile().origin.fingerprint)
        runtime = "OpenVINO" if find_spec("openvino") else "TensorFlow"
        return NetworkIdentity(*named, runtime, models.EXACT)
    from se_viz.engines.origins import identity_of

    return identity_of(probe(wanted))


def preprocessing() -> dict[str, Any]:
    """How the network of the pages wants its pictures, as plain values."""
    if models.current().built_in:
        return builtin.PREPROCESSING.as_dict()
    return probe().network.preprocessing.as_dict()


def grounds(model: Model | None = None) -> Grounds:
    """Why the pixels of a network's pictures are prepared so."""
    wanted = model or models.current()
    return PUBLISHED if wanted.built_in else probe(wanted).network.grounds


def profile_key() -> tuple[str, ...]:
    """What a profile is of: weights, preprocessing and precision of the network of the pages."""
    prepared = json.dumps(preprocessing(), sort_keys=True)
    return probe().network.fingerprint, prepared, models.current().precision


def profiles() -> dict[tuple[str, ...], Group]:
    """Class profiles that this session made or opened, by `profile_key`."""
    return st.session_state.setdefault("profiles", {})


def reference() -> Group:
    """What pictures are held against: a class profile, else synthetic stimuli."""
    if models.current().built_in:
        whole = builtin_profile()
        return Group(labels.built_in_set(whole.pictures), whole)
    if has_profile():
        return profiles()[profile_key()]
    seen = stimuli().profile
    return Group(labels.stimuli(seen.pictures), seen)


def has_profile() -> bool:
    """Whether `reference` is a class profile."""
    return models.current().built_in or profile_key() in profiles()


@dataclass(frozen=True, eq=False)
class Stimuli:
    """Some synthetic stimuli of each family, passed through a network; row i of each is one."""

    reading: Reading
    profile: Profile
    digests: tuple[str, ...]


def stimuli(model: Model | None = None) -> Stimuli:
    """Synthetic stimuli through a network."""
    wanted = model or models.current()
    return _stimuli(wanted.key, probe(wanted))


@st.cache_resource(show_spinner="Passing drawn pictures through the network", max_entries=MOST)
def _stimuli(key: str, _probe: Probe) -> Stimuli:
    sources = tuple(stimulus.source() for stimulus in _a_few())
    chunks = list(predict(_probe, sources))
    reading = join(chunk.reading for chunk in chunks if chunk.reading)
    pictures = [picture for chunk in chunks for picture in chunk.pictures]
    digests = tuple(picture.digest for picture in pictures)
    return Stimuli(reading, profile_of(_probe, [reading], STIMULI), digests)


def _a_few() -> list[Stimulus]:
    """Stimuli of each family, evenly spaced; the scenes come last."""
    whole = draw_stimuli()
    picked = []
    for family in dict.fromkeys(stimulus.family for stimulus in whole):
        these = [stimulus for stimulus in whole if stimulus.family == family]
        step = max(1, len(these) // OF_EACH_FAMILY)
        picked += these[::-step][:OF_EACH_FAMILY][::-1]
    return picked


def checked() -> Check:
    """The self-check on synthetic stimuli."""
    return _checked(models.current().key, probe())


@st.cache_resource(show_spinner=False, max_entries=MOST)
def _checked(key: str, _probe: Probe) -> Check:
    from se_viz.probe.check import self_check

    sources = (stimulus.source() for stimulus in _a_few())
    return self_check(_probe, model_inputs_of(_probe, sources))
