"""What other versions of Keras wrote, in the words of today's.

Nothing here is trusted or made safe: a description that came from outside is put into today's
form as plain data, and `config` then keeps the known parts of it.
"""

from __future__ import annotations

from typing import Any

from se_viz.nets.own.description.versions import keras2, keras3
from se_viz.nets.own.description.versions.modules import with_modules
from se_viz.nets.own.description.versions.release import Release
from se_viz.nets.own.description.versions.sharing import refuse_shared


def today(description: dict[str, Any], release: Release, legacy: bool) -> dict[str, Any]:
    """The description of a network that this release of Keras wrote, as today's Keras writes it.

    legacy: whether it is that of an `.h5` file, whose classes tell no modules.

    Raises:
        RefusedError: where it asks for something that today's Keras has not, or computes otherwise.
    """
    refuse_shared(description)
    if legacy:
        description = with_modules(description)
    if release.major == 2:
        description = keras2.network(description)
    return keras3.network(description, release)


__all__ = ["Release", "today"]
