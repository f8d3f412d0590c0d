"""What a report tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from se_viz.analysis.tables import neutralised
from se_viz.figures.entry import FigureEntry
from se_viz.figures.style.offline import Figure
from se_viz.manifest import Manifest, as_json

PICTURES = 24
"""Cards that a report holds at most."""
SHARED = (
    *("network", "preprocessing", "preprocessing_because", "pictures", "reference"),
    *("output", "versions", "made_by"),
)
"""What a figure's manifest says again only where it differs from the report's."""


@dataclass(frozen=True, eq=False)
class Section:
    """A figure with what the catalogue knows of it; `page` is where it stands in the app."""

    entry: FigureEntry
    figure: Figure
    table: pd.DataFrame
    page: str
    manifest: Manifest

    @property
    def made(self) -> Manifest:
        """Its manifest, which says what was changed in cells of its CSV."""
        return replace(self.manifest, neutralised=neutralised(self.table))


@dataclass(frozen=True)
class Card:
    """A picture. thumbnail: JPEG bytes. prediction: what the network gives for it, in words; ""
    where its gates alone are looked at."""

    name: str
    label: str
    prediction: str
    digest: str
    thumbnail: bytes


@dataclass(frozen=True, eq=False)
class Report:
    """What a report tells.

    Attributes:
        origin: where the network comes from, a sentence; url: to read more, may be empty.
        manifest: of the session as it is now.
        cards: some of its pictures, none where they are left out.
        sections: its figures.
    """

    origin: str
    url: str
    manifest: Manifest
    cards: Sequence[Card]
    sections: Sequence[Section]

    def json(self) -> bytes:
        """Its manifest with those of its figures as a JSON file, UTF-8."""
        whole = self.manifest.as_dict()
        whole["figures"] = [_differing(one.made.as_dict(), whole) for one in self.sections]
        return as_json(whole)


def _differing(figure: dict[str, Any], report: dict[str, Any]) -> dict[str, Any]:
    """A figure's manifest without what the report's says already."""
    return {key: v for key, v in figure.items() if key not in SHARED or v != report[key]}
