"""A model with fewer results, or with other gates: new models that share the weights of the old.

Gates are changed where they scale: at the product of U and s. Of gates that no tensor holds alone,
the product itself is made anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from se_viz.compat.openvino import library, operations, simplify
from se_viz.probe.gates.sites import Site
from se_viz.probe.runtimes.openvino.program import MODEL_INPUTS, OpenVINOProgram, named
from se_viz.probe.runtimes.openvino.tensors import (
    as_kind,
    channels_axis,
    count,
    first,
    gate_of,
    hand,
    kind_of,
    origin,
    spread,
)


def bound(program: OpenVINOProgram) -> Any:
    """The program's model with its weights in it."""
    model = library.Core().read_model(program.model, program.constants)
    numbers = {named("weights", i): array for i, array in enumerate(program.weights.values())}
    given = {_name(each): each for each in model.get_parameters()}
    for name in given.keys() - {MODEL_INPUTS}:
        constant = library.op.Constant(np.ascontiguousarray(numbers[name]))
        hand(list(given[name].output(0).get_target_inputs()), constant)
    made = library.Model(model.get_results(), [given[MODEL_INPUTS]])
    simplify(made)  # once for all passes: then what they share they compute alike
    return made


def as_bytes(model: Any) -> tuple[bytes, bytes]:
    """Model and constants of an `OpenVINOProgram`, from which `bound` reads them."""
    with TemporaryDirectory(prefix="se-viz-") as folder:
        place = Path(folder) / "model.xml"
        library.save_model(model, place, compress_to_fp16=False)
        return place.read_bytes(), place.with_suffix(".bin").read_bytes()


def reading(model: Any, names: Sequence[str]) -> Any:
    """The model with these results alone, in this order."""
    clone = model.clone()
    sources = _sources(clone)
    results = [operations.result(sources[name]) for name in names]
    return library.Model(results, clone.get_parameters())


def edited(
    model: Any, sites: Sequence[Site], joins: Mapping[str, int], names: Sequence[str]
) -> Any:
    """The model with gates s' = keep * s[take] + add, and pictures that join on the way.

    Its inputs are model inputs, keep, add and take, see `Edit`, a row for each picture; where some
    join, also int32 rows (M,): the row of each picture, and of each copy in turn.

    Args:
        model: to be changed.
        sites: its blocks.
        joins: names of tensors, in order, where pictures are joined by so many copies of the first.
        names: of the results; `s` of a block is as it was applied.

    Raises:
        ValueError: where a block does not scale as its site says.
    """
    change = _Change(model.clone(), sites, bool(joins))
    for name, copies in joins.items():
        change.join(name, copies)
    for number, site in enumerate(sites):
        change.scale(number, site)
    results = [operations.result(change.sources[name]) for name in names]
    return library.Model(results, change.inputs)


class _Change:
    """Changes a model; `sources` are its results as they are by now, by name."""

    def __init__(self, model: Any, sites: Sequence[Site], joins: bool) -> None:
        self.sources, (pictures,) = _sources(model), model.get_parameters()
        channels, self.joins = [site.block.channels for site in sites], joins
        kinds = (np.float32, np.float32, np.int32)
        given = [operations.parameter([-1, sum(channels)], kind) for kind in kinds]
        rows = [operations.parameter([-1], np.int32)] if joins else []
        self.inputs, self.pictures = [pictures, *given, *rows], pictures.output(0)
        each = [operations.gather(array, *rows, np.int32(0)) if joins else array for array in given]
        self.arrays = [operations.variadic_split(array, np.int32(1), channels) for array in each]
        self.scaled = [self.sources[named("x", number)] for number in range(len(sites))]
        self.products = [origin(x) for x in self.scaled]

    def join(self, name: str, copies: int) -> None:
        """Let copies of the first pictures join at a tensor."""
        here = origin(self.sources[name])
        takers = list(here.get_target_inputs())
        part = first(here, count(self.pictures))
        joined = operations.concat([here, *[part] * copies], 0)
        hand(takers, joined)
        for other, source in self.sources.items():
            self.sources[other] = joined.output(0) if source == here else source

    def scale(self, number: int, site: Site) -> None:
        """Let a block scale by other gates."""
        u, s = (self.sources[named(what, number)] for what in "us")
        product, many = self.products[number], count(origin(u))
        edit, port = self._edit_of(number, many), gate_of(product, origin(u), site)
        if port is None:
            x, takers = self.scaled[number], list(product.get_target_inputs())
            changed = _changed(s, edit)
            hand(takers, _remade(product, u, s, changed.output(0), channels_axis(product, x)))
        else:
            gate = port.get_source_output()
            row = operations.reshape(as_kind(gate, "f32"), [-1, site.block.channels], False)
            changed = _changed(spread(row, many, site.block.channels), edit)
            shape = [-1, *gate.get_partial_shape().get_max_shape()[1:]]
            other = operations.reshape(changed, shape, False)
            port.replace_source_output(as_kind(other.output(0), kind_of(gate)))
        self.sources[named("s", number)] = changed.output(0)

    def _edit_of(self, number: int, many: Any) -> list[Any]:
        """Keep, add and take for a block, a row for each picture as far as these have joined."""
        columns = [array.output(number) for array in self.arrays]
        return [first(each, many) for each in columns] if self.joins else columns


def _changed(row: Any, edit: Sequence[Any]) -> Any:
    """Gates (N, C) under an edit."""
    keep, add, take = edit
    kept = operations.multiply(keep, operations.gather_elements(row, take, 1))
    return operations.add(kept, add)


def _remade(product: Any, u: Any, s: Any, changed: Any, axis: int) -> Any:
    """X where gates are as they were, and U times those that are not; axis: of its channels."""
    order, ones = ([0, 3, 1, 2], [2, 3]) if axis == 1 else ([0, 1, 2, 3], [1, 2])
    same = operations.unsqueeze(operations.equal(changed, s), ones)
    other = operations.multiply(operations.unsqueeze(changed, ones), operations.transpose(u, order))
    return operations.select(same, product, as_kind(other.output(0), kind_of(product)))


def _name(parameter: Any) -> str:
    """The name that was given to an input, before what TensorFlow adds."""
    return next(iter(parameter.output(0).get_names())).partition(":")[0]


def _sources(model: Any) -> dict[str, Any]:
    """What goes into each result, by each of its names."""
    ports = [(port, port.get_node().input_value(0)) for port in model.outputs]
    return {name: source for port, source in ports for name in port.get_names()}


def refuse_fixed(model: Any, sites: Sequence[Site]) -> None:
    """Raises ValueError where gates cannot be changed: those of a block that does not scale as its
    site says, or where converting made one product of those of several blocks."""
    sources = _sources(model)
    products = [origin(sources[named("x", number)]).get_node() for number in range(len(sites))]
    if len({node.get_name() for node in products}) < len(sites):
        raise ValueError("some of its blocks are one and the same")
    if sites:
        edited(model, sites, {}, [named("s", number) for number in range(len(sites))])
