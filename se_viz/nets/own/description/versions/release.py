"""Which Keras wrote a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from se_viz.nets.own.refusal import RefusedError
from se_viz.pictures.labels.names import clean as shown

OLDEST, NEWEST = 2, 3


@dataclass(frozen=True, order=True)
class Release:
    """A release of Keras."""

    major: int
    minor: int

    @classmethod
    def read(cls, text: Any) -> Release:
        """From a version such as "3.3.3" or "2.2.4-tf".

        Raises:
            RefusedError: where it is none, or of a Keras whose files are not read.
        """
        found = re.match(r"(\d{1,4})\.(\d{1,4})", text) if isinstance(text, str) else None
        if not found:
            raise RefusedError("is broken: it does not say which Keras saved it.")
        release = cls(int(found[1]), int(found[2]))
        if not OLDEST <= release.major <= NEWEST:
            raise RefusedError(
                f"was saved by Keras {shown(str(text), 20)}; load it and save it again with Keras "
                f"{NEWEST}."
            )
        return release

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"
