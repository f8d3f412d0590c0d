"""Text in the cells of tables that spreadsheets open: none of it runs as a formula."""

from __future__ import annotations

import re

_FORMULA = re.compile("'*[=+@＝＋－＠\t\r\n-]")
"""What spreadsheets take for a formula, or drop before they look (OWASP, CSV injection)."""


def neutral(text: str) -> str:
    """The same, after a ' where a spreadsheet would run it; `restored` undoes that exactly."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """What `neutral` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text
