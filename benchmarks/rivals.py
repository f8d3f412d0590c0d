"""`python -m benchmarks rivals`: all gates of a network out, by us and by what people use instead.

The same weights and pictures, in one run, by turns; what is not installed is left out and named.
Each rival is given pictures as it wants them: what it takes to normalise them is not counted.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import keras
import numpy as np

from benchmarks import samples
from se_viz.nets import builtin, weights, zoo
from se_viz.nets.network import Network
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.probe.probe import Probe
from se_viz.probe.runtimes.base import Runtime
from se_viz.probe.runtimes.openvino.compiled import precisions
from se_viz.probe.stored.folder import program_of

NETWORKS = {"SE-ResNet-50": "se_resnet:depth=50", "built-in": "builtin"}
BATCHES = (1, 16, 64)
SECONDS = 20.0
SIDE = 3072
"""Of two square matrices, whose product tells what the processor reaches."""
NEAR = 1e-3
"""How far logits may lie apart, as a share of the largest, and a tenth of how far gates may: of
weights at random, these make much of how float32 rounds."""

Pass = Callable[[], object]


@dataclass(frozen=True, eq=False)
class Rival:
    """Something that gives gates; `passes` makes a pass for a batch, and shows what it gave."""

    name: str
    passes: Callable[[np.ndarray], Callable[[], tuple[np.ndarray, np.ndarray]]]


def main(seconds: float = SECONDS) -> None:
    """Print one table for each network."""
    for title, name in NETWORKS.items():
        network = zoo.load(name)
        rivals: list[Rival] = []
        missing: list[str] = []
        for make in MAKERS:
            try:
                rivals += make(network)
            except ImportError as error:
                missing.append(str(error.name))
        print(
            f"\n{title}, {network.preprocessing.size} px, pictures/s with the gates of all blocks\n"
        )
        print(table(network, rivals, seconds))
        if missing:
            print(f"\nNot installed here, and left out: {', '.join(missing)}.")


def table(network: Network, rivals: list[Rival], seconds: float) -> str:
    """Medians and spread, a row for each rival, a column for each batch."""
    found = {batch: timed(network, rivals, batch, seconds) for batch in BATCHES}
    peak = reached()
    lines = [f"| | {' | '.join(f'batch {batch}' for batch in BATCHES)} | of the peak |"]
    lines.append("|---" * (len(BATCHES) + 2) + "|")
    first = rivals[0].name
    for rival in rivals:
        cells = []
        for batch in BATCHES:
            taken, base = found[batch][rival.name], median(found[batch][first])
            low, high = (batch / np.quantile(taken, q) for q in (0.9, 0.1))
            ratio = base / median(taken)
            cells.append(f"{batch / median(taken):.0f} ({low:.0f}-{high:.0f}), {ratio:.2f}")
        share = work_of(network) * 16 / median(found[16][rival.name]) / peak
        lines.append(f"| {rival.name} | {' | '.join(cells)} | {share:.2f} |")
    lines.append(
        f"\nIn brackets the middle eight tenths, behind them the ratio to {first}; of the peak"
    )
    lines.append(
        f"of {peak / 1e9:.0f} GFLOP/s that NumPy's product of two {SIDE} x {SIDE} matrices reaches."
    )
    return "\n".join(lines)


def timed(
    network: Network, rivals: list[Rival], batch: int, seconds: float
) -> dict[str, list[float]]:
    """Seconds of each pass, the rivals by turns, all of them held against the first."""
    size = network.preprocessing.size
    model_inputs = samples.model_inputs(batch, size)
    passes = {rival.name: rival.passes(model_inputs) for rival in rivals}
    logits, gates = next(iter(passes.values()))()
    for name, work in passes.items():
        other, others = work()
        if "bfloat16" in name:
            continue
        if not np.allclose(other, logits, NEAR, NEAR * np.abs(logits).max()):
            raise AssertionError(f"{name} gives other logits.")
        if not np.allclose(others, gates, NEAR, 10 * NEAR):
            raise AssertionError(f"{name} gives other gates.")
    taken: dict[str, list[float]] = {name: [] for name in passes}
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(taken[rivals[0].name]) < 3:
        for name, work in passes.items():
            start = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - start)
    return taken


def reached() -> float:
    """Floating-point operations in a second of a large product of matrices, float32."""
    a = np.random.default_rng(0).standard_normal((SIDE, SIDE), np.float32)
    best = np.inf
    for _ in range(5):
        start = time.perf_counter()
        a @ a
        best = min(best, time.perf_counter() - start)
    return 2 * SIDE**3 / best


def work_of(network: Network) -> float:
    """Floating-point operations of a picture: two for each multiply-add of convolutions and dense
    layers."""
    total = 0
    for layer in network.model.layers:
        if isinstance(layer, keras.layers.Conv2D):
            total += 2 * np.prod(layer.kernel.shape) * np.prod(layer.output.shape[1:3])
        if isinstance(layer, keras.layers.Dense):
            total += 2 * np.prod(layer.kernel.shape)
    return float(total)


def ours(network: Network) -> Iterator[Rival]:
    """The probe on OpenVINO and on TensorFlow."""
    probe = Probe(network, batch=max(BATCHES))
    runtime: Any = probe.runtime
    yield Rival("SE-Viz, TensorFlow", lambda given: of_runtime(runtime.home, given))
    yield Rival("SE-Viz, OpenVINO", lambda given: of_runtime(runtime, given))
    if "bfloat16" in precisions():
        program = program_of(probe)
        coarse = Probe(probe.network, max(BATCHES), "bfloat16", program)
        yield Rival("SE-Viz, OpenVINO bfloat16", lambda given: of_runtime(coarse.runtime, given))


def of_runtime(runtime: Runtime, given: np.ndarray):
    def work():
        found = runtime.forward(given)
        return found.outputs, np.concatenate(found.gates, 1)

    return work


def by_keras(network: Network) -> Iterator[Rival]:
    """The network called as it is, which gives no gates, and one with the gates as outputs."""
    model = network.model
    gates = [layer.output for layer in model.layers if layer.name.endswith("_expand")]
    many = keras.Model(model.input, [model.output, *gates])

    def of_predict(given: np.ndarray):
        pixels = normalised(network, given)

        def work():
            outputs, *found = many.predict(pixels, batch_size=len(given), verbose=0)
            return outputs, np.concatenate([each.reshape(len(given), -1) for each in found], 1)

        return work

    yield Rival("keras.Model with 16 outputs, predict", of_predict)


def by_torch(network: Network) -> Iterator[Rival]:
    """Hooks on PyTorch, eager and compiled, and what TorchLens makes of it."""
    import torch

    from benchmarks.torch_network import Network as TorchNetwork
    from benchmarks.torch_network import WithGates

    def hooked(given: np.ndarray):
        made, seen = TorchNetwork(layout_of(network), tensors_of(network)).eval(), []
        for block in made.blocks:
            block.se.register_forward_hook(lambda module, given, gates: seen.append(gates))
        pixels = torch.from_numpy(channels_first(network, given))

        def work():
            seen.clear()
            with torch.inference_mode():
                outputs = made(pixels)
            return outputs.numpy(), np.concatenate([s.numpy()[:, :, 0, 0] for s in seen], 1)

        return work

    made = TorchNetwork(layout_of(network), tensors_of(network)).eval()
    compiled = torch.compile(WithGates(made).eval())

    def by_compiler(given: np.ndarray):
        pixels = torch.from_numpy(channels_first(network, given))

        def work():
            with torch.inference_mode():
                outputs, *gates = compiled(pixels)
            return outputs.numpy(), np.concatenate([s.numpy()[:, :, 0, 0] for s in gates], 1)

        return work

    yield Rival("PyTorch eager, hooks", hooked)
    yield Rival("torch.compile, gates as outputs", by_compiler)


def by_torchlens(network: Network) -> Iterator[Rival]:
    """TorchLens, which notes everything."""
    import torch
    import torchlens

    from benchmarks.torch_network import Network as TorchNetwork

    made = TorchNetwork(layout_of(network), tensors_of(network)).eval()

    def of_batch(given: np.ndarray):
        pixels = torch.from_numpy(channels_first(network, given))

        def work():
            with torch.no_grad():
                seen = torchlens.trace(made, pixels)
            labels = [label for label in seen.layer_labels if label.startswith("sigmoid")]
            gates = [seen[label].out.numpy() for label in labels]
            return seen[seen.layer_labels[-1]].out.numpy(), np.concatenate(gates, 1)

        return work

    yield Rival("TorchLens", of_batch)


def by_onnx(network: Network) -> Iterator[Rival]:
    """ONNX Runtime, with the gates as outputs of the file."""
    import onnxruntime
    import torch

    from benchmarks.torch_network import Network as TorchNetwork
    from benchmarks.torch_network import WithGates

    made = WithGates(TorchNetwork(layout_of(network), tensors_of(network)).eval()).eval()
    size, file = network.preprocessing.size, io.BytesIO()
    names = ["logits", *(f"gate_{number}" for number in range(len(made.network.blocks)))]
    axes = {name: {0: "n"} for name in ("pictures", *names)}
    torch.onnx.export(
        made,
        (torch.zeros(1, 3, size, size),),
        file,
        input_names=["pictures"],
        output_names=names,
        dynamic_axes=axes,
        dynamo=False,
    )
    session = onnxruntime.InferenceSession(file.getvalue(), providers=["CPUExecutionProvider"])

    def of_batch(given: np.ndarray):
        pixels = channels_first(network, given)

        def work():
            outputs, *found = session.run(None, {"pictures": pixels})
            return outputs, np.concatenate([each[:, :, 0, 0] for each in found], 1)

        return work

    yield Rival("ONNX Runtime, gates as outputs", of_batch)


MAKERS = (ours, by_keras, by_torch, by_onnx, by_torchlens)


def layout_of(network: Network) -> SEResNet:
    return builtin.CONFIG if network.name == builtin.NAME else SEResNet(depth=50)


def tensors_of(network: Network) -> dict[str, np.ndarray]:
    return {name: each.numpy() for name, each in weights.variables(network.model).items()}


def normalised(network: Network, given: np.ndarray) -> np.ndarray:
    """Model inputs as the network wants them, float32 (N, H, W, 3)."""
    preprocessing = network.preprocessing
    mean, std = (np.array(n, np.float32) for n in (preprocessing.mean, preprocessing.std))
    return (given / np.float32(255) - mean) / std


def channels_first(network: Network, given: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(np.moveaxis(normalised(network, given), 3, 1))
