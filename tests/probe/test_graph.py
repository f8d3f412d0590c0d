"""Graphs of plain nodes, whoever made them."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.probe.gates.find import find
from se_viz.probe.graph import Graph, Node, channels_first, numbers, spatial_axes
from se_viz.probe.kinds import Function, Kind
from se_viz.probe.operations.nodes import describe, formula_of
from tests.probe import toy

GRAPH = toy.read(toy.Model(), 0).graph


def test_a_tensor_has_a_producer_and_users():
    assert "u" not in GRAPH.producers
    assert GRAPH.producers["s"].path == "fc_s"
    assert [node.path for node in GRAPH.users("u")] == ["pool", "scale"]
    assert list(GRAPH.users("logits")) == []


def test_only_what_some_tensors_need_is_needed():
    assert [node.path for node in GRAPH.needed(["bottleneck"])] == ["pool", "fc_bottleneck"]
    assert len(GRAPH.needed(["logits"])) == 5


def test_a_tensor_that_is_taken_twice_has_one_user():
    square = Node(Kind.MULTIPLY, (0, 0), (1,), ((None, 2),), "square")
    graph = Graph((0,), 1, (square,), {0: (None, 2), 1: (None, 2)})
    assert list(graph.users(0)) == [square]
    assert graph.producers[1] is square


def test_shapes_are_known_at_the_graphs_own_size_and_where_it_can_tell():
    assert GRAPH.shapes_at(toy.SIZE) == GRAPH.shapes
    assert GRAPH.shapes_at(64) == {}
    told = Graph(
        ("u",), None, (), {"u": (None, 8, 8, 3)}, lambda size: {"u": (None, size, size, 3)}
    )
    assert told.shapes_at(64) == {"u": (None, 64, 64, 3)}


@pytest.mark.parametrize("array", [np.ones(2, "float32"), lambda: np.ones(2, "float16")])
def test_numbers_are_given_or_made_when_they_are_asked_for(array):
    assert numbers(array).dtype == np.float64
    assert numbers(array).tolist() == [1, 1]


def test_weights_are_read_as_they_are_now():
    model = toy.Model()
    (site,) = find(toy.read(model, 0).graph).sites
    z = np.ones((1, 3))
    before = site.kind.excite(site, z)
    model.w2[:] = 0
    assert not np.array_equal(site.kind.excite(site, z), before)
    assert (site.kind.excite(site, z) == 0.5).all()


def test_the_name_of_a_node_is_the_end_of_its_path():
    relu = {"function": Function("relu")}
    node = Node(Kind.FUNCTION, (0,), (1,), ((None, 2),), "backbone/relu", relu)
    assert (node.name, describe(node)) == ("relu", "backbone/relu")
    own = Node(
        Kind.FUNCTION, (0,), (1,), ((None, 2),), "f", {"function": Function("f", known=False)}
    )
    assert formula_of(own).function is None


def test_pictures_with_channels_first_are_told():
    assert channels_first((None, 3, 32, 32))
    assert not channels_first((None, 32, 32, 3))
    assert not channels_first((None, 3, 3, 3))
    assert spatial_axes((None, 3, None, None)) == (2, 3)
    assert spatial_axes((None, 8)) == ()
