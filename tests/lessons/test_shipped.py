"""The lessons that ship: each can be given, and what their questions call right is measured so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from se_viz import profiles
from se_viz.analysis.profiles.one_channel import most_specific
from se_viz.experiments import sweep_record
from se_viz.experiments.sweep_tables import sweep_table
from se_viz.figures.catalogue import ENTRIES
from se_viz.lessons import Lesson, Targets, parse, shipped_with_the_app
from se_viz.nets import builtin
from se_viz.ui.pages.catalogue import PAGES
from se_viz.ui.sentences.lessons import SAMPLE

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile("SE-ResNet-50")
NAMES = ["ten-minutes", "the-papers-figure"]


@pytest.fixture(scope="module")
def targets() -> Targets:
    pages = {page.path: page.parts for page in PAGES}
    return Targets(pages, [slug for entry in ENTRIES for slug in entry.slugs])


@pytest.fixture(scope="module")
def lessons(targets) -> dict[str, Lesson]:
    found = shipped_with_the_app(targets)
    assert not found.refused
    return dict(found.lessons)


def test_the_sample_of_the_readme_is_that_of_the_page_and_is_a_lesson(targets):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    sample = text.partition("<!-- lesson -->\n```markdown\n")[2].partition("```")[0]
    assert sample == SAMPLE
    assert len([line for line in sample.splitlines() if line]) <= 10
    first, second = parse("sample.md", sample.encode(), targets).scenes
    assert first.view.path == "gates"
    assert second.question
    assert (second.question.answer, second.figure) == (1, "sweep-stages")


def test_all_of_them_are_lessons(lessons):
    assert list(lessons) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_no_text_holds_a_number_that_nobody_measured(lessons, name):
    for scene in lessons[name].scenes:
        said = [scene.heading, scene.text]
        if scene.question:
            said += [scene.question.text, *scene.question.choices, scene.question.explanation]
        assert not re.search(r"%|percent|[0-9][.,][0-9]|[0-9]{2,}", NAMED.sub("", " ".join(said)))


def test_gates_at_one_cost_more_than_gates_at_their_mean(lessons):
    assert right(lessons["ten-minutes"], "What costs more") == "all gates at 1"
    bypassed, frozen = (changes(how)["all blocks"] for how in ("bypass", "freeze"))
    assert bypassed < frozen < 0


def test_gates_of_the_last_stage_are_missed_least(lessons):
    assert right(lessons["ten-minutes"], "Which stage's gates") == "those of stage 5"
    found = changes("bypass")
    assert max(found, key=found.__getitem__) == "stage 5"


def test_the_channel_that_is_said_to_part_the_classes_most_does(lessons):
    (scene,) = (one for one in lessons["ten-minutes"].scenes if one.view.path == "channel")
    block, channel = most_specific(profiles.load(builtin.PROFILE))
    assert scene.view.linked == {"block": (block,), "channel": (str(channel),)}
    assert block in scene.text


def right(lesson: Lesson, question: str) -> str:
    """What a lesson calls the right answer."""
    asked = [scene.question for scene in lesson.scenes if scene.question]
    (found,) = (one for one in asked if one.text.startswith(question))
    return found.choices[found.answer]


def changes(how: str) -> dict[str, float]:
    """Change of accuracy by stage, on the validation set that ships."""
    table = sweep_table(sweep_record.load(builtin.SWEEP))
    rows = table[(table["depth"] == 0) & (table["how"] == how)]
    return dict(zip(rows["title"], rows["change"], strict=True))
