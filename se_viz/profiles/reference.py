"""Which class profile pictures were held against, for manifests and what is kept of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from se_viz.profiles.profile import Profile


def digest_of(profile: Profile) -> str:
    """SHA-256 in hex of a profile's classes, counts and mean gates, which a file of it keeps."""
    seen = hashlib.sha256(json.dumps(profile.classes).encode())
    for block in profile.blocks:
        stats = profile.stats[block.name]
        for array in (stats.count.astype("<i8"), stats.mean.astype("<f8")):
            seen.update(array.tobytes())
    return seen.hexdigest()


def reference_of(profile: Profile) -> dict[str, Any]:
    """What pictures were held against: where it comes from, how many pictures of each class, of how
    many the class is the network's guess, and its `digest_of`."""
    counts = {"classes": profile.counts, "guessed": dict(profile.guessed)}
    return {**asdict(profile.origin), **counts, "sha256": digest_of(profile)}
