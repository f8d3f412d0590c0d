"""All pages, in the order of the navigation: a new one is one line here.

The bare address opens the first. Once it was `gates`, and links with a query and without a path are
from that time.
"""

from __future__ import annotations

from se_viz.ui.pages import channel, findings, gates, lessons, two_networks
from se_viz.ui.pages.adaptive import page as adaptive
from se_viz.ui.pages.base import Page
from se_viz.ui.pages.block import page as block
from se_viz.ui.pages.cost import page as cost
from se_viz.ui.pages.lab import page as lab
from se_viz.ui.pages.light import page as light
from se_viz.ui.pages.network import page as network
from se_viz.ui.pages.picture import page as picture
from se_viz.ui.pages.pictures import page as pictures
from se_viz.ui.pages.sweep import page as sweep

PAGES: list[Page] = [
    block.PAGE,
    gates.PAGE,
    channel.PAGE,
    light.PAGE,
    lab.PAGE,
    sweep.PAGE,
    cost.PAGE,
    picture.PAGE,
    findings.PAGE,
    adaptive.PAGE,
    two_networks.PAGE,
    pictures.PAGE,
    network.PAGE,
    lessons.PAGE,
]
BEFORE = gates.PAGE.path
"""The page that the app opened on before it opened on the first."""
