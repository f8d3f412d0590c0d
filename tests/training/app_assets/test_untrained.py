"""The class profile of the network before training that ships."""

from __future__ import annotations

import numpy as np

from se_viz import profiles
from se_viz.nets import builtin, zoo
from se_viz.probe.probe import Probe
from se_viz.training.app_assets.ship import profile_split
from se_viz.training.data import Split

SHIPPED = profiles.load(builtin.UNTRAINED_PROFILE)
TRAINED = profiles.load(builtin.PROFILE)


def test_it_is_of_the_same_pictures_as_the_trained_networks():
    assert SHIPPED.counts == TRAINED.counts
    assert SHIPPED.classes == TRAINED.classes
    assert SHIPPED.blocks == TRAINED.blocks
    assert SHIPPED.origin.title == TRAINED.origin.title == builtin.SPLIT
    assert SHIPPED.origin.preprocessing == TRAINED.origin.preprocessing


def test_it_is_of_the_network_before_training_and_a_profile_of_few_pictures_is_made_alike():
    model_inputs = np.random.default_rng(0).integers(0, 256, (3, 160, 160, 3), np.uint8)
    split = Split(model_inputs, np.array([0, 0, 9], np.int32), ("a", "b", "c"))
    made = profile_split(builtin.UNTRAINED, split)
    assert made.origin.fingerprint == SHIPPED.origin.fingerprint
    assert (made.counts["tench"], made.counts["parachute"]) == (2, 1)
    gates = Probe(zoo.load(builtin.UNTRAINED)).read(model_inputs[:2]).gates["SE_5_3"]
    np.testing.assert_allclose(made.stats["SE_5_3"].mean[0], gates.mean(0), atol=1e-5)
