"""A link that was made with other weights says so when it is opened."""

from __future__ import annotations

from se_viz.nets import builtin
from se_viz.view import MARK, WEIGHTS, View
from tests.ui.driver import go, open_app

HERE = builtin.provenance()["weights_sha256"][:MARK]


def told(app) -> list[str]:
    return [info.value for info in app.info if "This link was made" in info.value]


def test_a_link_of_these_weights_is_opened_without_a_word():
    app = open_app(order="by mean gate", weights=HERE)
    assert not told(app)
    assert app.query_params[WEIGHTS] in (HERE, [HERE])


def test_a_link_of_other_weights_names_them_on_the_page_it_opened():
    app = open_app(order="by mean gate", weights="21cf0000")
    (said,) = told(app)
    assert f"other weights (21cf0000) than those here ({HERE})" in said
    assert app.query_params[WEIGHTS] in (HERE, [HERE])
    go(app, "findings")
    assert not told(app)


def test_what_it_costs_does_not_hang_on_weights():
    assert not told(open_app("cost", r="8"))


def test_a_link_of_before_may_mean_another_network():
    (said,) = told(open_app(order="by mean gate"))
    assert "before links named their weights" in said


def test_an_address_without_choices_is_no_link():
    assert not told(open_app())


def test_a_manifest_of_before_gives_a_link_that_names_its_weights():
    made = {"link": "/lab?do=freeze", "settings": {}, "network": {"fingerprint": "21cf" + "0" * 60}}
    assert View.of_manifest(made).link() == "/lab?do=freeze&weights=21cf0000"
    assert View.of_manifest({"link": "/lab"}).link() == "/lab"
