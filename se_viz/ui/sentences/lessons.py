"""Lessons, and the screen of a lecture."""

from __future__ import annotations

from se_viz.lessons import Question, Task
from se_viz.lessons.limits import BYTES
from se_viz.ui.escaping import plain, sentence

HEADING = "Lessons: a lecture in the app"
WHAT = (
    "A lesson goes through pages of this app, scene by scene: one sentence, one figure, the "
    "controls folded. The arrow keys and a presenter's remote turn its pages; number keys answer "
    "its questions."
)
OWN = "Open a lesson of your own"
UPLOAD = "A lesson is a Markdown file"
KEPT = "It stays with this session."
SAMPLE_INTRO = "A whole lesson, as such a file has it:"
SAMPLE = """\
# Gates in two scenes
## Curves part with depth
Early blocks treat all classes alike, late ones do not: [the figure](gates?columns=3).
## Which stage could do without?
Bypassed in a trained network, which stage's gates cost **least**?
- [ ] stage 2
- [x] stage 5

[Whole stages at once](sweep)
figure: sweep-stages
"""
MORE = (
    "The words before the choices ask, the choice with an x answers, words after them explain. "
    "`figure:` names the page's figure to show, `point:` a part of it to light up, `do:` what the "
    "listener has to choose before the scene ticks itself off (`do: light`, or "
    "`do: block = SE_5_3`). A link is what the address holds after the server's name."
)
BAD = "Not opened"
START = "Start"
CONTENTS = "Scenes"
BAR = {
    "contents": "Contents",
    "back": "← Back",
    "next": "Next →",
    "full": "Full screen",
    "window": "Leave full screen",
    "unfold": "Show the page",
    "fold": "Fold the page",
    "leave": "Leave the lesson",
}
KEYS = "Press a number to guess, or → for the answer."
TASKS = {
    "block": "choose another **block**",
    "channel": "choose another **channel**",
    "classes": "choose other **classes**",
    "light": "change the **light**",
    "picture": "choose another **picture**",
    "ratio": "turn **r**",
}
"""What a listener has to do, by the name in links of what is to be chosen."""
RIGHT, WRONG, GUESSED = "✓", "✗", "your guess"


def limits() -> str:
    """Under the uploader."""
    return f"Markdown (.md), at most {BYTES // 1000} kB. {KEPT}"


def opened(title: str) -> str:
    return f"“{title}” is open."


def not_here(name: str) -> str:
    """Of a link to a lesson that is not at hand; the name is somebody else's."""
    return (
        f"There is no lesson “{name}” here, so the page shows without one. A lesson that was "
        "uploaded stays with its session: open its file on the page Lessons, then the link again."
    )


def place(number: int, total: int, heading: str) -> str:
    """For a screen reader."""
    return f"Scene {number + 1} of {total}: {heading}"


def scenes(number: int) -> str:
    return f"{number} scene{'s' * (number != 1)}"


def scene(number: int, heading: str) -> str:
    """In a list of scenes."""
    return f"{number + 1}. {heading}"


def choice(number: int, text: str) -> str:
    """On a button: the key that presses it, and the choice."""
    return f"**{number + 1}**  {sentence(text)}"


def answered(question: Question, guess: int) -> str:
    """The question with its answer, and a guess that was another one, as Markdown."""
    rows = dict.fromkeys(row for row in (question.answer, guess) if row >= 0)
    marked = " · ".join(_marked(question, row, guess) for row in rows)
    return f"**{sentence(question.text)}** {marked}"


def _marked(question: Question, row: int, guess: int) -> str:
    text = sentence(question.choices[row])
    sign = f"{RIGHT} {text}" if row == question.answer else f"{WRONG} {text}"
    return f"{sign} ({GUESSED})" if row == guess else sign


def task(wanted: Task, done: bool) -> str:
    """What the listener has to do, ticked off when it is done, as Markdown."""
    name = plain(wanted.choice)
    usual = TASKS.get(wanted.choice, f"change **{name}**")
    what = f"set {name} to **{plain(wanted.value)}**" if wanted.value else usual
    return f"☑ Done: {what}." if done else f"☐ Your turn: {what}."
