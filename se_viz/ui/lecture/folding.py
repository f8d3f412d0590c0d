"""Style of a page within a lesson: what is hidden, and how large the rest is."""

from __future__ import annotations

import re

KEY = "lesson-page"
FIGURES = "[class*='st-key-figure-']"
COMPONENTS = "[data-testid^='stBidiComponent'], .stBidiComponent"
ROOM = """
header.stAppHeader, [data-testid="stSidebar"], [data-testid="stExpandSidebarButton"]
  {display: none}
.stMainBlockContainer {padding: 0.7rem 2.5rem 48px !important}
.st-key-lesson-style, .st-key-presenter {position: absolute; height: 0}
.stMainBlockContainer .st-key-lesson-card h2 {font-size: 2rem; padding: 0}
.st-key-lesson-card p {font-size: 1.4rem; line-height: 1.35}
.st-key-lesson-choices {gap: 0.6rem}
.st-key-lesson-page h2 {font-size: 1.4rem}
@media (max-width: 700px) {
  .stMainBlockContainer {padding: 0.7rem 1rem 48px !important}
  .stMainBlockContainer .st-key-lesson-card h2 {font-size: 1.5rem}
  .st-key-lesson-card p {font-size: 1.1rem}
}
"""
"""What no scene shows, and large type."""
HIDDEN = f".st-key-{KEY} {{display: none}}"
HEADLESS = f".st-key-{KEY} h2 {{display: none}}"
"""The scene's heading stands for that of its page."""
COMPACT = """
.stMainBlockContainer .st-key-lesson-card {gap: 0.65rem}
.stMainBlockContainer .st-key-lesson-card h2 {font-size: 1.6rem}
.st-key-lesson-card p {font-size: 1.2rem}
.stMainBlockContainer > .stVerticalBlock {gap: 0.3rem}
"""
"""For a page whose figure takes nearly the whole screen."""


def of_figure(slug: str) -> str:
    """Selector of a figure that a card of the page shows."""
    return f".st-key-{re.sub('[^a-zA-Z0-9_-]', '-', f'figure {slug}')}"


def folded(shown: str) -> str:
    """Nothing of the page shows but what this selector finds."""
    page, kept = f".st-key-{KEY}", f":is({shown})"
    return (
        f"{page} *:not({kept}, {kept} *, :has({kept})) {{display: none}}"
        f"{page} *:has({kept}) "
        "{flex: 1 1 100% !important; width: 100% !important; max-width: none !important}"
    )
