"""All pages, in the order of the navigation: a new one is one line here."""

from __future__ import annotations

from se_viz.ui.pages import channel, findings, gates, lessons, two_networks
from se_viz.ui.pages.adaptive import page as adaptive
from se_viz.ui.pages.base import Page
from se_viz.ui.pages.lab import page as lab
from se_viz.ui.pages.light import page as light
from se_viz.ui.pages.network import page as network
from se_viz.ui.pages.picture import page as picture
from se_viz.ui.pages.pictures import page as pictures
from se_viz.ui.pages.sweep import page as sweep

PAGES: list[Page] = [
    gates.PAGE,
    picture.PAGE,
    lab.PAGE,
    light.PAGE,
    sweep.PAGE,
    findings.PAGE,
    adaptive.PAGE,
    channel.PAGE,
    pictures.PAGE,
    two_networks.PAGE,
    network.PAGE,
    lessons.PAGE,
]
