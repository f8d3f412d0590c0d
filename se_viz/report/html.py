"""A report as HTML: the template with every text escaped, and no address that is fetched.

The template escapes all but our own style and scripts, and what is made safe here: Markdown and the
data of figures.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markdown_it import MarkdownIt

from se_viz import shipped
from se_viz.analysis.tables import csv_of
from se_viz.figures.style import offline
from se_viz.report.content import Report, Section

ASSETS = shipped.ASSETS / "report"
TEMPLATE = "report.html.jinja"
LARGEST = 2_000_000
"""Bytes of a table that the file holds."""


def write(report: Report) -> bytes:
    """The HTML file, UTF-8. It holds no address that is fetched, and its Content-Security-Policy
    lets run no other script than its own two."""
    scripts = (offline.library(), _asset("report.js"))
    text = _template().render(
        report=report,
        made=report.manifest.as_dict(),
        more=report.url.startswith(("https://", "http://")),
        sections=list(map(_section, report.sections)),
        manifest=report.json(),
        policy=_policy(scripts),
        style=_asset("report.css"),
        scripts=scripts,
    )
    return text.encode("utf-8", "replace")


def _section(section: Section) -> dict[str, Any]:
    """What the template takes of a figure."""
    made, figure = section.made, section.figure
    return {
        "name": made.what,
        "title": section.entry.title,
        "config": json.dumps(offline.settings(made.what)),
        "height": offline.height(figure),
        "spec": _script_safe(offline.spec(figure)),
        "source": made.source,
        "page": section.page,
        "how": _rendered(section.entry.how),
        "rows": len(section.table),
        "csv": _numbers(section.table),
        "json": made.json(),
    }


def _numbers(table: pd.DataFrame) -> bytes:
    """A table as CSV; nothing where it is too large for the file."""
    memory = int(table.memory_usage(deep=False).sum())
    data = csv_of(table) if memory <= LARGEST * 4 else b""
    return data if len(data) <= LARGEST else b""


def _rendered(text: str) -> str:
    """Markdown as HTML; HTML in it stays text, and pictures are not fetched."""
    return MarkdownIt("commonmark", {"html": False}).disable("image").render(text)


def _script_safe(text: str) -> str:
    """JSON that no script tag ends."""
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _policy(scripts: Sequence[str]) -> str:
    hashes = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _data(data: bytes, kind: str) -> str:
    """An address that holds the data itself."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"data": _data, "thousands": "{:,}".format}
    return environment.get_template(TEMPLATE)


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")
