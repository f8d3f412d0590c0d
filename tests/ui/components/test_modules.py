"""JavaScript modules become one string: in order, without imports, no name twice."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from se_viz.ui.components.modules import FOLDER, modules, script, style

COMPONENTS = sorted(path.parent.name for path in FOLDER.glob("*/adapter.js"))
A = 'import { a } from "../far/a.js";\n'


def written(folder, **files: str):
    """A component `it` of files; `__` in a name stands for a slash."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_what_is_imported_comes_first_and_once(tmp_path):
    written(
        tmp_path,
        it__adapter=f'import {{ b }} from "./b.js";\n{A}export default b(a);\n',
        it__b=f"{A}export const b = (x) => x + a;\n",
        far__a="export const a = 1;\n",
    )
    made = script("it", tmp_path)
    assert made == "const a = 1;\n\nconst b = (x) => x + a;\n\nexport default b(a);\n"


def test_styles_come_from_every_folder_in_that_order(tmp_path):
    written(
        tmp_path,
        it__adapter=A,
        far__a="export const a = 1;\n",
    )
    (tmp_path / "it/own.css").write_text("own", encoding="utf-8")
    (tmp_path / "far/base.css").write_text("base", encoding="utf-8")
    assert style("it", tmp_path) == "base\nown"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"adapter": 'import { f } from "./g.js";\nconst h = 1;\n', "g": "export let h = 2;\n"},
            "share top-level names: h",
        ),
        ({"adapter": 'import { f } from "./none.js";\n'}, "no module it/none.js"),
        (
            {
                "adapter": 'import { f } from "./g.js";\n',
                "g": 'import { h } from "./adapter.js";\n',
            },
            "imports itself",
        ),
        ({"adapter": 'import all from "./g.js";\n'}, "form that is not known"),
        ({"adapter": "const a = 1;\nexport { a };\n"}, "form that is not known"),
    ],
)
def test_mistakes_are_said(tmp_path, files, said):
    written(tmp_path, **{f"it__{name}": text for name, text in files.items()})
    with pytest.raises(ValueError, match=said):
        script("it", tmp_path)


@pytest.mark.parametrize("component", COMPONENTS)
def test_what_ships_is_one_module_with_one_export(component):
    made = script(component)
    assert made.count("\nexport ") == 1
    assert "export default function" in made
    assert "import " not in made.replace("// ", "")
    shared = any(path.parent.name == "shared" for path in modules(component))
    assert (".se " in style(component)) == shared


@pytest.mark.parametrize("component", COMPONENTS)
def test_what_ships_is_read_by_an_engine(component, tmp_path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("No Node was found; the browser's tests read it too.")
    path = tmp_path / "component.mjs"
    path.write_text(script(component), encoding="utf-8")
    subprocess.run([node, "--check", path], check=True)
