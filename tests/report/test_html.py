"""The report: one file that holds everything, fetches nothing and lets no text become code."""

from __future__ import annotations

import base64
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import plotly.graph_objects as go

from se_viz.figures.entry import FigureEntry
from se_viz.figures.style import offline
from se_viz.manifest import Manifest, NetworkIdentity, pictures_of
from se_viz.report import LARGEST, Card, Report, Section, write

HOSTILE = (
    "</script><script>alert('x')</script><img src=http://evil.example/x onerror=alert(1)>\u2028"
)
MADE = Manifest(
    what="report",
    source="as said of each figure",
    network=NetworkIdentity("tiny", "A tiny network", "ab" * 32),
    preprocessing={"size": 32},
    pictures=pictures_of([("a.png", "f" * 64, "cats", "folder")]),
)
TABLE = pd.DataFrame({"class": ["cats", "é猫"], "mean": [0.25, 0.5]})
READING = "**Across** is the gate. [The paper](https://arxiv.org/abs/1709.01507).\n"


def section(name: str = "gates-by-class", said: str = "cats", table: pd.DataFrame = TABLE):
    figure = go.Figure(go.Bar(x=[said], y=[0.5], name=said), layout={"height": 321})
    made = replace(MADE, what=name, source=f"measured on {said}", settings={"order": said})
    return Section(FigureEntry(name, go.Figure, READING), figure, table, "Gates by class", made)


def card(said: str = "cats") -> Card:
    return Card(f"{said}.png", said, f"{said}, 50.0%", "f" * 64, b"\xff\xd8jpeg")


def report(*sections: Section, cards=(), manifest: Manifest = MADE) -> str:
    made = Report("Trained by somebody.", "https://example.org", manifest, cards, sections)
    data = write(made)
    assert data == write(made)
    return data.decode()


class Seen(HTMLParser):
    """Every tag with its attributes, and the text in it."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.texts.append("")

    def handle_data(self, data):
        if self.texts:
            self.texts[-1] += data

    def of(self, tag: str) -> list[tuple[dict, str]]:
        return [(a, x) for (t, a), x in zip(self.tags, self.texts, strict=True) if t == tag]

    def files(self) -> dict[str, bytes]:
        links = [attributes for attributes, _ in self.of("a") if "download" in attributes]
        return {a["download"]: base64.b64decode(a["href"].split(",")[1]) for a in links}


def test_it_holds_figures_with_their_numbers_words_and_manifests():
    seen = Seen(report(section(), section("blocks")))
    assert [text for _, text in seen.of("h2")][:2] == ["Gates by class", "Blocks"]
    files = seen.files()
    assert set(files) == {
        "gates-by-class.csv",
        "gates-by-class.json",
        "blocks.csv",
        "blocks.json",
    } | {"report.json"}
    pd.testing.assert_frame_equal(pd.read_csv(io.BytesIO(files["blocks.csv"])), TABLE)
    assert json.loads(files["blocks.json"])["settings"] == {"order": "cats"}
    specs = [
        json.loads(text) for a, text in seen.of("script") if a.get("type") == "application/json"
    ]
    assert [spec["layout"]["height"] for spec in specs] == [321, 321]
    assert any("min-height:321px" in a.get("style", "") for a, _ in seen.of("div"))


def test_no_cell_of_its_tables_runs_and_the_manifests_say_so():
    formulas = pd.DataFrame({"class": ["=1+1", "-cats", "dogs"], "mean": [-0.25, 0.5, 1.0]})
    files = Seen(report(section(table=formulas))).files()
    assert files["gates-by-class.csv"] == b"class,mean\n'=1+1,-0.25\n'-cats,0.5\ndogs,1.0\n"
    assert json.loads(files["gates-by-class.json"])["cells_neutralised"] == 2
    whole = json.loads(files["report.json"])
    assert whole["figures"][0]["cells_neutralised"] == 2
    assert whole["cells_neutralised"] == 0


def test_its_manifest_says_everything_once():
    whole = json.loads(Seen(report(section(), section("blocks"))).files()["report.json"])
    assert whole["network"]["fingerprint"] == "ab" * 32
    assert [figure["what"] for figure in whole["figures"]] == ["gates-by-class", "blocks"]
    assert "pictures" not in whole["figures"][0]
    other = replace(section(), manifest=replace(MADE, pictures=pictures_of([])))
    whole = json.loads(Seen(report(other)).files()["report.json"])
    assert whole["figures"][0]["pictures"]["count"] == 0


def test_it_says_which_network_it_is_of():
    text = report(cards=[card()])
    assert "A tiny network" in text
    assert "ab" * 32 in text
    assert "Trained by somebody." in text
    assert "No figure was looked at yet." in text


def test_pictures_come_with_class_prediction_and_digest():
    seen = Seen(report(cards=[card("dogs")]))
    ((attributes, _),) = seen.of("img")
    assert attributes["alt"] == "dogs.png"
    assert base64.b64decode(attributes["src"].split(",")[1]) == b"\xff\xd8jpeg"
    said = " ".join(text for tag in ("strong", "span", "code") for _, text in seen.of(tag))
    assert "class: dogs" in said
    assert "prediction: dogs, 50.0%" in said
    assert "f" * 64 in said


def test_nothing_is_fetched():
    seen = Seen(report(section(), cards=[card()]))
    for tag, attributes in seen.tags:
        for name in ("src", "href", "data", "poster", "srcset", "action"):
            value = attributes.get(name, "data:")
            assert value.startswith(("data:", "#")) or tag == "a"
        assert tag not in ("link", "iframe", "object", "embed", "base", "form")
    assert not re.search(r"@import|url\(", " ".join(text for _, text in seen.of("style")))
    policy = next(
        a["content"] for a, _ in seen.of("meta") if "content" in a and "src" in a["content"]
    )
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "script-src 'unsafe" not in policy


def test_nobodys_text_becomes_code():
    plain, hostile = (
        Seen(
            report(
                section("blocks", said, pd.DataFrame({said: [said]})),
                cards=[card(said)],
                manifest=replace(
                    MADE,
                    network=NetworkIdentity(said, said, said),
                    pictures=pictures_of([(said, "f" * 64, said, said)]),
                ),
            )
        )
        for said in ("plain", HOSTILE)
    )
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in plain.tags]
    assert [sorted(a) for _, a in hostile.tags] == [sorted(a) for _, a in plain.tags]
    (spec,) = (
        json.loads(t) for a, t in hostile.of("script") if a.get("type") == "application/json"
    )
    assert spec["data"][0]["name"] == HOSTILE


def test_markup_in_words_on_reading_stays_text():
    how = f"{HOSTILE} ![x](http://evil.example/x) [y](javascript:alert(1))"
    evil = replace(section(), entry=FigureEntry("blocks", go.Figure, how))
    seen = Seen(report(evil))
    assert not seen.of("img")
    assert all(not a.get("href", "").startswith("javascript") for a, _ in seen.of("a"))
    assert len(seen.of("script")) == 3


def test_a_table_too_large_is_left_out_and_said_to_be():
    rows = LARGEST // 4
    text = report(section(table=pd.DataFrame({"number": range(rows)})))
    assert f"{rows:,} rows of numbers, too many for this file." in text
    assert "gates-by-class.csv" not in Seen(text).files()


def test_plotly_is_there_once():
    text = report(section(), section("blocks"))
    assert text.count(offline.library()) == 1
