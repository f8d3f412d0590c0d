"""A network written out as steps computes what the network computes, to the last bit."""

from __future__ import annotations

import weakref

import keras
import numpy as np
import pytest
from keras import layers, ops

from se_viz.probe.frontends.keras.unroll import unroll
from tests.probe import networks
from tests.probe.networks import CHANNELS, model_of, picture

PICTURES = np.random.default_rng(0).normal(size=(2, 16, 16, 3)).astype("float32")


def result_of(model: keras.Model, pictures=PICTURES, change=None) -> np.ndarray:
    program = unroll(model)
    return program.run(pictures, change)[program.graph.result].numpy()


@pytest.mark.parametrize("block", networks.SE_BLOCKS, ids=lambda block: block.__name__)
def test_running_the_steps_gives_the_networks_own_numbers(block):
    model = model_of(block)
    np.testing.assert_array_equal(result_of(model), model(PICTURES).numpy())


def test_steps_come_in_an_order_in_which_they_can_run():
    program = unroll(model_of(networks.nested_block))
    known = set(program.graph.inputs)
    for step in program.graph.nodes:
        assert set(step.inputs) <= known
        known |= set(step.outputs)
    assert program.graph.result in known


def test_every_tensor_has_a_producer_and_a_shape():
    program = unroll(model_of(networks.conv_fused))
    assert set(program.graph.shapes) == {*program.graph.inputs, *program.graph.producers}
    assert program.graph.shapes[program.graph.inputs[0]] == (None, 16, 16, 3)
    assert program.graph.shapes[program.graph.result] == (None, 3)


def test_users_are_the_steps_that_take_a_tensor():
    x = picture((4,))
    both = layers.Dense(4, name="both")(x)
    a, b = layers.ReLU(name="a")(both), layers.ReLU(name="b")(both)
    program = unroll(keras.Model(x, layers.Add(name="sum")([a, b])))
    slot = next(step for step in program.graph.nodes if step.name == "both").outputs[0]
    assert {step.name for step in program.graph.users(slot)} == {"a", "b"}
    assert list(program.graph.users(program.graph.result)) == []


def test_a_change_is_seen_by_all_that_follows_and_by_nothing_before():
    x = picture((2,))
    doubled = layers.Rescaling(2.0, name="doubled")(x)
    model = keras.Model(x, layers.Rescaling(10.0)(doubled))
    program = unroll(model)
    target = program.graph.nodes[0].outputs[0]
    values = program.run(np.ones((1, 2), "float32"), lambda slot, v: v + 1 if slot == target else v)
    assert values[target].numpy().tolist() == [[3, 3]]
    assert values[program.graph.result].numpy().tolist() == [[30, 30]]
    assert model(np.ones((1, 2), "float32")).numpy().tolist() == [[20, 20]]


def test_changing_nothing_changes_nothing():
    model = model_of(networks.plain_operations)
    unchanged = result_of(model, change=lambda slot, value: value)
    np.testing.assert_array_equal(unchanged, model(PICTURES).numpy())


def test_a_nested_network_called_twice_is_written_out_twice():
    inside = picture((4,))
    inner = keras.Model(inside, layers.Dense(4, name="inner")(inside))
    x = picture((4,))
    model = keras.Model(x, inner(inner(x)))
    program = unroll(model)
    assert [step.name for step in program.graph.nodes] == ["inner", "inner"]
    pictures = np.ones((1, 4), "float32")
    np.testing.assert_array_equal(result_of(model, pictures), model(pictures).numpy())


def test_networks_nest_as_deeply_as_they_like():
    model = keras.Sequential([keras.Input((4,)), layers.Dense(4), layers.ReLU()])
    for _ in range(3):
        x = picture((4,))
        model = keras.Model(x, layers.Dense(4)(model(x)))
    pictures = np.ones((1, 4), "float32")
    assert len(unroll(model).graph.nodes) == 5
    np.testing.assert_array_equal(result_of(model, pictures), model(pictures).numpy())


def test_a_nested_network_with_two_outputs_keeps_them_apart():
    inside = picture((4,))
    inner = keras.Model(inside, [layers.Dense(4)(inside), layers.Dense(4)(inside)])
    x = picture((4,))
    first, second = inner(x)
    model = keras.Model(x, first - 2 * second)
    pictures = np.ones((3, 4), "float32")
    np.testing.assert_array_equal(result_of(model, pictures), model(pictures).numpy())


def test_a_nested_network_that_hands_on_its_input_is_no_step():
    inside = picture((4,))
    x = picture((4,))
    model = keras.Model(x, layers.ReLU()(keras.Model(inside, inside)(x)))
    pictures = np.array([[-1, 2, -3, 4]], "float32")
    assert len(unroll(model).graph.nodes) == 1
    assert result_of(model, pictures).tolist() == [[0, 2, 0, 4]]


def test_a_sequential_network_is_read_like_any_other():
    model = keras.Sequential([keras.Input((16, 16, 3)), layers.Conv2D(2, 3), layers.Flatten()])
    np.testing.assert_array_equal(result_of(model), model(PICTURES).numpy())


def test_the_steps_run_as_in_inference():
    x = picture()
    y = layers.BatchNormalization()(layers.Dropout(0.9)(x))
    model = keras.Model(x, layers.GlobalAveragePooling2D()(y))
    np.testing.assert_array_equal(result_of(model), model(PICTURES, training=False).numpy())


def test_constants_and_keywords_of_a_call_are_kept():
    x = picture()
    y = ops.mean(ops.maximum(x * 3.0 - 1.0, 0.5), axis=(1, 2), keepdims=True)
    model = keras.Model(x, ops.concatenate([y, y, x[:, :1, :1] ** 2.0], axis=-1))
    np.testing.assert_array_equal(result_of(model), model(PICTURES).numpy())


def test_the_first_output_is_the_result():
    x = picture((4,))
    model = keras.Model(x, [layers.Dense(2)(x), layers.Dense(5)(x)])
    assert unroll(model).graph.shapes[unroll(model).graph.result] == (None, 2)


def test_part_of_a_larger_graph_is_read_alone():
    whole = model_of(networks.dense_fused)
    u = whole.layers[1].output
    part = keras.Model(u, whole.output)
    maps = np.random.default_rng(1).normal(size=(2, 8, 8, CHANNELS)).astype("float32")
    np.testing.assert_array_equal(result_of(part, maps), part(maps).numpy())
    assert len(unroll(part).graph.nodes) == len(unroll(whole).graph.nodes) - 1


class OwnClass(keras.Model):
    def call(self, x):
        return x


def test_a_network_whose_graph_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match="own is not a functional network"):
        unroll(OwnClass(name="own"))


def test_a_class_of_its_own_inside_is_one_step():
    x = picture((4,))
    model = keras.Model(x, layers.Dense(2)(OwnClass(name="own")(x)))
    assert unroll(model).graph.nodes[0].name == "own"


def test_a_class_that_computes_something_else_than_its_graph_is_not_read_by_its_graph():
    class Doubling(keras.Model):
        def call(self, x, training=None, mask=None):
            return 2 * super().call(x, training, mask)

    x = picture((4,))
    model = Doubling(x, layers.Dense(2)(x), name="doubling")
    with pytest.raises(ValueError, match="doubling is not a functional network"):
        unroll(model)
    y = picture((4,))
    assert [step.name for step in unroll(keras.Model(y, model(y))).graph.nodes] == ["doubling"]


def test_paths_tell_the_networks_around_a_step():
    inside = picture((4,))
    inner = keras.Model(inside, layers.Dense(4, name="fc")(inside), name="inner")
    wrapped = keras.Sequential([inner, layers.ReLU(name="last")], name="wrapped")
    x = picture((4,))
    steps = unroll(keras.Model(x, layers.ReLU(name="end")(wrapped(x)))).graph.nodes
    assert [step.path for step in steps] == ["wrapped/inner/fc", "wrapped/last", "end"]


def test_shapes_are_told_for_other_sizes_without_a_call():
    model = model_of(networks.dense_fused)
    program = unroll(model)
    before = [len(layer._inbound_nodes) for layer in model.layers]
    shapes = program.graph.shapes_at(64)
    assert shapes[program.graph.inputs[0]] == (None, 64, 64, 3)
    assert shapes[program.graph.nodes[0].outputs[0]] == (None, 32, 32, CHANNELS)
    assert shapes[program.graph.result] == (None, 3)
    assert program.graph.shapes_at(16) == program.graph.shapes
    assert [len(layer._inbound_nodes) for layer in model.layers] == before


def test_shapes_behind_a_layer_of_one_size_are_not_told_for_others():
    x = picture((16, 16, 3))
    fixed = layers.Reshape((256, 3))(layers.ReLU()(x))
    graph = unroll(keras.Model(x, layers.Dense(2)(fixed))).graph
    assert set(graph.shapes_at(64)) == {graph.inputs[0], graph.nodes[0].outputs[0]}


def test_a_network_of_two_pictures_is_refused():
    a, b = picture((4,)), picture((4,))
    model = keras.Model([a, b], layers.Add()([a, b]), name="pair")
    with pytest.raises(ValueError, match="pair takes 2 inputs"):
        unroll(model)


def test_some_tensors_are_had_without_the_steps_after_them():
    program = unroll(model_of(networks.dense_fused))
    every = program.run(PICTURES)
    calls = []
    for place in (0, len(program.graph.nodes) // 2, len(program.graph.nodes) - 1):
        slot = program.graph.nodes[place].outputs[0]
        steps = program.graph.needed([slot])
        assert steps[-1] is program.graph.nodes[place]
        calls.append(len(steps))
        found = program.run_for([slot, program.graph.inputs[0]], PICTURES)
        assert list(found) == [slot, program.graph.inputs[0]]
        np.testing.assert_array_equal(found[slot], every[slot])
    assert calls[0] == 1
    assert calls == sorted(calls)


def test_a_tensor_is_let_go_when_no_step_needs_it_any_more():
    held, most = [], []

    class Watch(layers.Layer):
        def call(self, x):
            held.append(weakref.ref(y := x + 1))
            most.append(sum(ref() is not None for ref in held))
            return y

    x = y = picture((4,))
    for _ in range(6):
        y = Watch()(y)
    program = unroll(keras.Model(x, y))
    held.clear(), most.clear()
    program.run_for([program.graph.result], np.ones((1, 4), "float32"))
    assert len(most) == 6
    assert max(most) <= 2
