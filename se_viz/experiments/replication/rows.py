"""Which trained networks are held against which, under which question, and what the paper found."""

from __future__ import annotations

from dataclasses import dataclass

from se_viz import quoted


@dataclass(frozen=True)
class Compared:
    """One kind of network beside another that it differs from in one thing.

    Attributes:
        row: its name among the records.
        title: for people.
        against: the row that it is held against.
        paper: the difference of top-1 accuracy that the paper reports for the same change, a share;
            None where it did not try it.
    """

    row: str
    title: str
    against: str = "r16"
    paper: float | None = None


def _by(errors: dict[str, float], key: str) -> float:
    return (quoted.ABLATED - errors[key]) / 100


_RATIOS = {f"r{ratio}": trained.top1 for ratio, trained in quoted.RATIOS.items()}
QUESTIONS: dict[str, tuple[Compared, ...]] = {
    "Which ratio?": (
        *(
            Compared(f"r{r}", f"r = {r}", paper=_by(_RATIOS, f"r{r}"))
            for r in quoted.RATIOS
            if r != 16
        ),
        Compared("plain", "no SE", paper=(quoted.ABLATED - quoted.PLAIN.top1) / 100),
        Compared("wide", "no SE, as large by width"),
    ),
    "What makes the gate?": (
        Compared("static", "a learned constant"),
        Compared("direct", "the mean itself"),
        Compared("diagonal", "one weight a channel"),
        Compared("full", "a full matrix"),
    ),
    "Which activation?": (
        Compared("tanh-ones", "tanh", "ones", _by(quoted.GATES, "tanh")),
        Compared("relu-ones", "ReLU", "ones", _by(quoted.GATES, "relu")),
        Compared("softmax", "softmax"),
    ),
    "How is it squeezed?": (Compared("max", "by the maximum", paper=_by(quoted.SQUEEZES, "max")),),
    "Where does it stand?": (
        Compared("pre", "before the branch", paper=_by(quoted.PLACES, "pre")),
        Compared("post", "after the sum", paper=_by(quoted.PLACES, "post")),
        Compared("identity", "on the shortcut", paper=_by(quoted.PLACES, "identity")),
        Compared("3x3", "after the 3 x 3", paper=_by(quoted.PLACES, "3x3")),
    ),
    "In which stages?": (
        *(Compared(f"stage-{stage}", f"stage {stage} alone") for stage in (2, 3, 4, 5)),
        Compared("not-stage-5", "all but stage 5"),
    ),
}
