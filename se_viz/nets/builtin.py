"""The network that ships with the app: SE-ResNet-50's layout at half width, for ten classes."""

from __future__ import annotations

from se_viz.nets.layout import SEResNet
from se_viz.pictures import Preprocessing

CONFIG = SEResNet(depth=50, width=0.5, classes=10, zero_last_gamma=True)
PREPROCESSING = Preprocessing(size=224)
