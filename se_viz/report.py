"""A session as one HTML file that opens anywhere, without a server or a network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from typing import Any

import pandas as pd
from markdown_it import MarkdownIt

from se_viz import shipped
from se_viz.analysis.tables import csv_of, neutralised
from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import offline
from se_viz.figures.style.offline import Figure
from se_viz.manifest import Manifest, as_json

ASSETS = shipped.ASSETS / "report"
LARGEST = 2_000_000
"""Bytes of a table that the file holds."""
PICTURES = 24
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


def write(report: Report) -> bytes:
    """The HTML file, UTF-8. It holds no address that is fetched, and its Content-Security-Policy
    lets run no other script than its own two."""
    scripts = (offline.library(), _asset("report.js"))
    title = escape(f"SE-Viz: {report.manifest.network.title}")
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts)}">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title><style>{_asset('report.css')}</style></head><body>",
        _head(report),
        _pictures(report),
        *(_section(number, section) for number, section in enumerate(report.sections)),
        _manifest(report),
        *(f"<script>{script}</script>" for script in scripts),
        "</body></html>",
    ]
    return "\n".join(parts).encode("utf-8", "replace")


def _head(report: Report) -> str:
    made, network = report.manifest, report.manifest.network
    more = f' <a href="{escape(report.url)}">More</a>' if _is_web(report.url) else ""
    facts = {
        "Network": f"{escape(network.title)} (<code>{escape(network.name)}</code>)",
        "Where it comes from": escape(report.origin) + more,
        "What it gives": escape(str(made.output.get("text", ""))),
        "SHA-256 of its weights": f"<code>{escape(network.fingerprint)}</code>",
        "Its pixels": escape(made.grounds.get("text", "")),
        "Pictures": f"{made.pictures.count:,} of this session",
        "Made with": " ".join(map(escape, made.as_dict()["made_by"].values())),
    }
    rows = "".join(f"<dt>{name}</dt><dd>{fact}</dd>" for name, fact in facts.items() if fact)
    names = "".join(
        f'<li><a href="#figure-{number}">{escape(section.entry.title)}</a></li>'
        for number, section in enumerate(report.sections)
    )
    listed = f"<nav><ol>{names}</ol></nav>" if names else "<p>No figure was looked at yet.</p>"
    lead = "How the gates of a squeeze-and-excitation network open and shut: one session of SE-Viz."
    return (
        f"<header><h1>{escape(network.title)}</h1><p>{lead}</p><dl>{rows}</dl>{listed}"
        "<noscript><p><strong>Figures need JavaScript; the numbers are in the files below them."
        "</strong></p></noscript></header>"
    )


def _pictures(report: Report) -> str:
    if not report.cards:
        return ""
    shown, count = len(report.cards), report.manifest.pictures.count
    rest = f"; the first {shown} of {count:,}, all are in the manifest" if count > shown else ""
    cards = "".join(map(_card, report.cards))
    return (
        f"<section><h2>Pictures</h2><p class=soft>What the network takes them for{rest}.</p>"
        f'<ul class="pictures">{cards}</ul></section>'
    )


def _card(card: Card) -> str:
    name = escape(card.name)
    said = f"<span>prediction: {escape(card.prediction)}</span>" if card.prediction else ""
    return (
        f'<li><img src="{_data("image/jpeg", card.thumbnail)}" alt="{name}">'
        f"<strong>{name}</strong><span>class: {escape(card.label)}</span>"
        f"{said}"
        f"<code>SHA-256 {escape(card.digest)}</code></li>"
    )


def _section(number: int, section: Section) -> str:
    made = _made(section)
    name, figure, title = made.what, section.figure, escape(section.entry.title)
    config = escape(json.dumps(offline.settings(name)))
    return (
        f'<section id="figure-{number}"><h2>{title}</h2>'
        f'<div class="plot" role="figure" aria-label="{title}" '
        f'data-spec="spec-{number}" data-config="{config}" '
        f'style="min-height:{offline.height(figure)}px"></div>'
        f'<script type="application/json" id="spec-{number}">{_safe(offline.spec(figure))}</script>'
        f'<p class="soft">Source: {escape(made.source)}. Page: {escape(section.page)}</p>'
        f"<details><summary>How to read this</summary>{_rendered(section.entry.how)}</details>"
        f'<p class="soft files">{_numbers(name, section.table)}'
        f"{_file(f'{name}.json', 'application/json', made.json(), 'Manifest (JSON)')}</p></section>"
    )


def _made(section: Section) -> Manifest:
    """Its manifest, which says what was changed in cells of its CSV."""
    return replace(section.manifest, neutralised=neutralised(section.table))


def _numbers(name: str, table: pd.DataFrame) -> str:
    data = csv_of(table) if _bytes_of(table) <= LARGEST * 4 else b""
    if not data or len(data) > LARGEST:
        return f"<span>{len(table):,} rows of numbers, too many for this file.</span> "
    return _file(f"{name}.csv", "text/csv", data, "Numbers (CSV)")


def _bytes_of(table: pd.DataFrame) -> int:
    return int(table.memory_usage(deep=False).sum())


def _manifest(report: Report) -> str:
    whole = report.manifest.as_dict()
    whole["figures"] = [_apart(_made(section).as_dict(), whole) for section in report.sections]
    data = as_json(whole)
    file = _file("report.json", "application/json", data, "Manifest (JSON)")
    return (
        "<section><h2>What it was made with</h2><p>Enough to make every figure again: open the "
        "link of a figure in SE-Viz and add the same pictures, in the same order and with the same "
        f'classes.</p><p class="files">{file}</p>'
        f"<details><summary>Manifest</summary><pre>{escape(data.decode())}</pre></details></section>"
    )


def _apart(figure: dict[str, Any], report: dict[str, Any]) -> dict[str, Any]:
    """A figure's manifest without what the report's says already."""
    return {key: v for key, v in figure.items() if key not in SHARED or v != report[key]}


def _rendered(text: str) -> str:
    """Markdown as HTML; HTML in it stays text, and pictures are not fetched."""
    return MarkdownIt("commonmark", {"html": False}).disable("image").render(text)


def _safe(text: str) -> str:
    """JSON that no script tag ends."""
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _file(name: str, kind: str, data: bytes, label: str) -> str:
    return f'<a download="{escape(name)}" href="{_data(kind, data)}">{label}</a> '


def _data(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _policy(scripts: Sequence[str]) -> str:
    hashes = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")
