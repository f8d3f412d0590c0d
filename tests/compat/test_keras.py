"""What is relied on of Keras's private parts is there; each test says what is gone if it fails."""

from __future__ import annotations

from importlib import import_module

import keras
import pytest
from keras import layers

from se_viz.compat import keras as private


@pytest.fixture(scope="module")
def model() -> keras.Model:
    x = keras.Input((4,))
    inner = keras.Sequential([layers.Dense(2, name="dense"), layers.Dropout(0.5)], name="inner")
    return keras.Model(x, {"a": layers.ReLU(name="end")(inner(x))})


@pytest.mark.parametrize("module", [private.FUNCTIONAL, private.SEQUENTIAL])
def test_models_are_in_the_modules_that_files_name(module):
    assert import_module(module), f"Saved networks name {module}, and Keras has it no more."


@pytest.mark.parametrize("module", private.OPERATIONS.values())
def test_operations_are_in_the_modules_that_files_name(module):
    assert import_module(module), f"Saved networks name {module}, and Keras has it no more."


def test_the_graph_of_a_network_is_where_it_was(model):
    gone = "A network's graph is not in `_functional` and `_nodes_by_depth` any more."
    assert private.functional(model) is model, gone
    assert private.functional(model.get_layer("inner")) is not None, gone
    assert private.functional(model.get_layer("end")) is None, gone
    assert [node.operation.name for node in private.nodes(model)] == ["inner", "end"], gone


def test_a_layer_tells_whether_it_acts_in_training(model):
    gone = "`_call_has_training_arg` does not tell any more whether a layer takes `training`."
    assert private.takes_training(layers.Dropout(0.5)), gone
    assert not private.takes_training(layers.ReLU()), gone


def test_a_layer_tells_which_layers_it_holds(model):
    gone = "A layer's own layers are not in `_layers` any more."
    assert private.held_layers(layers.Bidirectional(layers.LSTM(1))), gone
    assert not private.held_layers(layers.ReLU()), gone


def test_all_layers_are_listed(model):
    names = {layer.name for layer in private.all_layers(model)}
    assert {"dense", "inner", "end"} <= names, (
        "`_flatten_layers` does not list all layers any more."
    )


def test_results_of_a_dictionary_have_its_keys(model):
    gone = "The structure of the results is not in `_outputs_struct` any more."
    assert private.output_names(model) == ["a"], gone


def test_a_tensor_tells_what_made_it(model):
    gone = "The maker of a symbolic tensor is not in `_keras_history` any more."
    assert private.maker_of(model.outputs[0]).name == "end", gone


def test_an_operation_tells_its_calls(model):
    gone = "The calls of an operation are not in `_inbound_nodes` any more."
    assert len(private.calls_of(model.get_layer("end"))) == 1, gone


def test_weights_without_values_are_counted():
    with keras.StatelessScope(initialize_variables=False):
        layers.Dense(2).build((None, 3))
        made = list(private.weights_without_values())
    gone = "Weights without values are not among Keras's global attributes any more."
    assert [tuple(weight.shape) for weight in made][-2:] == [(3, 2), (2,)], gone
