"""What the catalogue knows of a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import plotly.graph_objects as go

from se_viz.figures.from_profiles import Maker


@dataclass(frozen=True)
class FigureEntry:
    """A figure that pages show and files hold.

    Attributes:
        slug: of the files that people save, and of the widgets.
        build: draws it of tables and arrays.
        how: how to read it, Markdown.
        named: its title; "" where the slug says it.
        variants: slug -> title of the same figure where it shows something else.
        of_profiles: what `build` takes, made of groups alone; None where it takes more than these.
    """

    slug: str
    build: Callable[..., go.Figure]
    how: str
    named: str = ""
    variants: Mapping[str, str] = field(default_factory=dict)
    of_profiles: Maker | None = None

    @property
    def title(self) -> str:
        """Its name for people."""
        return self.named or self.slug.replace("-", " ").capitalize()

    @property
    def slugs(self) -> tuple[str, ...]:
        """Its own, and those of its variants."""
        return (self.slug, *self.variants)

    def variant(self, slug: str) -> FigureEntry:
        """The entry under one of its slugs."""
        if slug == self.slug:
            return self
        return replace(self, slug=slug, named=self.variants[slug], variants={})
