"""The intervention lab: one picture with and without, in every way, block by block, all pictures."""

from __future__ import annotations

from tests.pictures.picture_files import picture
from tests.ui.driver import figures, go, open_app

ALL = ["with-and-without", "every-way", "sweep-of-picture"]
OWN = {
    f"{name}/{seed}.png": picture(seed + len(name))
    for name in ("church", "tench")
    for seed in (1, 9)
}


def texts(app) -> str:
    return "\n".join(node.value for node in (*app.main.markdown, *app.main.caption))


def test_it_opens_on_a_drawn_picture_with_stage_5_bypassed_and_the_identity():
    app = go(open_app(), "lab")
    assert figures(app) == ALL
    assert "With **stage 5 bypassed**" in texts(app)
    assert "same logits" in texts(app)
