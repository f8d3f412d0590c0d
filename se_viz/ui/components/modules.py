"""Puts the JavaScript modules of a component together into the one string that Streamlit takes.

A component is a folder here. Its `adapter.js`, alone in knowing Streamlit, imports what it needs by
relative paths, from its own folder or others. There is no bundler: imports are resolved in order,
`export` is dropped, so every top-level name is unique among the modules of a component.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ENTRY = "adapter.js"
IMPORT = re.compile(r"^import \{[^}]*\} from \"([^\"]+)\";\n", re.MULTILINE)
OTHER_IMPORT = re.compile(r"^import .*$|^\s*export \{.*$", re.MULTILINE)
EXPORT = re.compile(r"^export (?!default )", re.MULTILINE)
TOP = re.compile(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) ([\w$]+)", re.MULTILINE)


def script(component: str, folder: Path = FOLDER) -> str:
    """The modules of a component as one, which exports what its adapter exports by default.

    Raises:
        ValueError: for an import in another form than `import { names } from "./path.js";`, of a
            file that there is not, or in a circle; and for a top-level name that two modules have.
    """
    texts = [path.read_text(encoding="utf-8") for path in modules(component, folder)]
    count = Counter(name for text in texts for name in TOP.findall(text))
    twice = sorted(name for name, times in count.items() if times > 1)
    if twice:
        raise ValueError(f"Modules of {component} share top-level names: {', '.join(twice)}.")
    return "\n".join(EXPORT.sub("", IMPORT.sub("", text)) for text in texts)


def style(component: str, folder: Path = FOLDER) -> str:
    """The style sheets of the folders from which the modules of a component come, in that order."""
    folders = dict.fromkeys(path.parent for path in modules(component, folder))
    sheets = [sheet for each in folders for sheet in sorted(each.glob("*.css"))]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def modules(component: str, folder: Path = FOLDER) -> list[Path]:
    """Files of a component, each after those that it imports; errors as of `script`."""
    found: list[Path] = []
    _follow((folder / component / ENTRY).resolve(), found, ())
    return found


def _follow(path: Path, found: list[Path], above: tuple[Path, ...]) -> None:
    if path in above:
        raise ValueError(f"{path.name} imports itself, through {above[-1].name}.")
    if path in found:
        return
    for name in _imported(path):
        _follow((path.parent / name).resolve(), found, (*above, path))
    found.append(path)


def _imported(path: Path) -> list[str]:
    if not path.is_file():
        raise ValueError(f"There is no module {path.parent.name}/{path.name}.")
    text = path.read_text(encoding="utf-8")
    strange = OTHER_IMPORT.search(IMPORT.sub("", text))
    if strange:
        raise ValueError(f"{path.name} has a line of a form that is not known: {strange[0]}")
    return IMPORT.findall(text)


@cache
def assembled(component: str) -> dict[str, str]:
    """`js` and `css` of a component, as `st.components.v2.component` takes them; read once."""
    return {"js": script(component), "css": style(component)}
