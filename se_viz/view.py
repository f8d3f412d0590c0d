"""A view of the app: what a link brings back and a manifest writes down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

NETWORK, CLASSES, BLOCKS = "model", "classes", "blocks"
"""Names in links and manifests of what has a field of its own."""
WEIGHTS, MARK = "weights", 8
"""Name in links of the weights they were made with: so many digits of their SHA-256 in hex."""
Texts = tuple[str, ...]


@dataclass(frozen=True)
class View:
    """A page with all that is chosen on it. Reading one never fails: what a link holds is checked
    where it is shown.

    Attributes:
        path: of the page in the address, without slashes; "" in links from when Gates by class was
            what the app opened on.
        network: key of the network; None where it is the built-in one.
        classes, blocks: as they are chosen; None where the page asks for none.
        options: everything else that is chosen, by name, as plain values.
        linked: name -> texts that the link holds of it; what it holds none of is as at first.
    """

    path: str = ""
    network: str | None = None
    classes: Texts | None = None
    blocks: Texts | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    linked: Mapping[str, Texts] = field(default_factory=dict)

    @classmethod
    def of(cls, path: str, settings: Mapping[str, Any], query: Mapping[str, Iterable[str]]) -> View:
        """The view of a page by its settings, as a manifest holds them, and its link's query."""
        named = (NETWORK, CLASSES, BLOCKS)
        return cls(
            path,
            next(reversed(_texts(settings.get(NETWORK)) or ()), None),
            _texts(settings.get(CLASSES)),
            _texts(settings.get(BLOCKS)),
            {name: value for name, value in settings.items() if name not in named},
            {name: tuple(texts) for name, texts in query.items()},
        )

    @classmethod
    def of_link(cls, link: str) -> View:
        """What a link asks for: path and query, with or without the server before them."""
        parts = urlsplit(link)
        query = parse_qs(parts.query, keep_blank_values=True)
        return cls.of(parts.path.strip("/"), query, query)

    @classmethod
    def of_manifest(cls, made: Mapping[str, Any]) -> View:
        """What a manifest was made of: its settings, and its link where it has one, which names the
        weights even where manifests did not let it yet."""
        linked = cls.of_link(made.get("link") or "/")
        weights = (made.get("network") or {}).get("fingerprint", "")[:MARK]
        named = {WEIGHTS: (weights,)} if weights else {}
        return cls.of(linked.path, made.get("settings") or {}, {**linked.linked, **named})

    @property
    def settings(self) -> dict[str, Any]:
        """Everything that is chosen, by name, as a manifest holds it."""
        lists = {
            NETWORK: self.network if self.network is None else (self.network,),
            CLASSES: self.classes,
            BLOCKS: self.blocks,
        }
        chosen = {name: list(texts) for name, texts in lists.items() if texts is not None}
        return {**self.options, **chosen}

    def link(self) -> str:
        """Path and query, without the server."""
        query = urlencode(self.linked, doseq=True)
        return f"/{self.path}" + (f"?{query}" if query else "")

    def texts(self, name: str) -> Texts:
        """What the link holds of a parameter; nothing where it does not name it."""
        return self.linked.get(name, ())

    def text(self, name: str) -> str:
        """The last of what the link holds of a parameter, "" where it does not name it."""
        return next(reversed(self.texts(name)), "")


def _texts(value: Any) -> Texts | None:
    if value is None:
        return None
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)
