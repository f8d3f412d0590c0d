"""A session as one HTML file that opens anywhere, without a server or a network."""

from __future__ import annotations

from se_viz.report.content import PICTURES, Card, Report, Section
from se_viz.report.html import LARGEST, write

__all__ = ["LARGEST", "PICTURES", "Card", "Report", "Section", "write"]
