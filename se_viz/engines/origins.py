"""Which network a class profile was made with."""

from __future__ import annotations

from se_viz.manifest import NetworkIdentity, versions
from se_viz.probe.probe import Probe
from se_viz.profiles import Origin, Profile


def origin_of(probe: Probe, title: str) -> Origin:
    """Where a profile that this probe makes comes from."""
    network = probe.network
    return Origin(
        title,
        network.name,
        network.fingerprint,
        network.preprocessing.as_dict(),
        versions(),
        probe.runtime.precision,
        probe.runtime.title,
    )


def identity_of(probe: Probe) -> NetworkIdentity:
    """Which network a probe is of, and what runs it."""
    network, runtime = probe.network, probe.runtime
    named = (network.name, network.title, network.fingerprint)
    return NetworkIdentity(*named, runtime.title, runtime.precision)


def refuse_other(found: Profile, probe: Probe) -> None:
    """Raises ValueError where a profile was made with another network or preprocessing."""
    network = probe.network
    if found.origin.fingerprint != network.fingerprint or found.blocks != probe.blocks:
        raise ValueError(
            f"It is a profile of {found.origin.network}, or of other weights; this is "
            f"{network.name}, and gates of different networks are never mixed."
        )
    if dict(found.origin.preprocessing) != network.preprocessing.as_dict():
        raise ValueError("Its pictures were preprocessed in another way than this network's.")
    here, there = probe.runtime.precision, found.origin.precision
    if there != here:
        raise ValueError(f"It was measured in {there}; gates here are {here}.")
