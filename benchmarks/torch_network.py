"""An SE-ResNet in PyTorch with our weights, for those who read gates there: a rival, no part of
the app."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import nn

from se_viz.nets.se_resnet.layout import SEResNet

Weights = Mapping[str, np.ndarray]


class SEBlock(nn.Module):
    """Its own module, so that a hook can read what it gives: the gates (N, C, 1, 1)."""

    def __init__(self, weights: Weights, name: str) -> None:
        super().__init__()
        self.reduce = dense(weights, f"{name}_reduce")
        self.expand = dense(weights, f"{name}_expand")

    def forward(self, u: torch.Tensor) -> torch.Tensor:
        gates = torch.sigmoid(self.expand(torch.relu(self.reduce(u.mean((2, 3))))))
        return gates[:, :, None, None]


class Bottleneck(nn.Module):
    """A residual block with its SE block."""

    def __init__(self, weights: Weights, stage: int, index: int, stride: int) -> None:
        super().__init__()
        name = f"block_{stage}_{index}"
        self.steps = nn.ModuleList(
            conv(weights, f"{name}_conv{n}", stride if n == 2 else 1) for n in (1, 2, 3)
        )
        own = f"{name}_shortcut/kernel" in weights
        self.shortcut = conv(weights, f"{name}_shortcut", stride) if own else nn.Identity()
        self.se = SEBlock(weights, f"SE_{stage}_{index}")

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The block's result, and its gates."""
        u = self.steps[2](torch.relu(self.steps[1](torch.relu(self.steps[0](x)))))
        gates = self.se(u)
        return torch.relu(self.shortcut(x) + u * gates), gates


class Network(nn.Module):
    """Normalised pictures (N, 3, H, W) to logits."""

    def __init__(self, layout: SEResNet, weights: Weights) -> None:
        super().__init__()
        self.stem = conv(weights, "stem", 2)
        places = [
            (stage, index, 2 if stage > 2 and index == 1 else 1)
            for stage, count in zip((2, 3, 4, 5), layout.counts, strict=True)
            for index in range(1, count + 1)
        ]
        self.blocks = nn.ModuleList(Bottleneck(weights, *place) for place in places)
        self.logits = dense(weights, "logits")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = nn.functional.max_pool2d(torch.relu(self.stem(x)), 3, 2, 1)
        for block in self.blocks:
            x, _ = block(x)
        return self.logits(x.mean((2, 3)))


class WithGates(nn.Module):
    """The same, with the gates as outputs of their own: what is compiled, and exported to ONNX."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, ...]:
        network, found = self.network, []
        x = nn.functional.max_pool2d(torch.relu(network.stem(x)), 3, 2, 1)
        for block in network.blocks:
            x, gates = block(x)
            found.append(gates)
        return network.logits(x.mean((2, 3))), *found


def conv(weights: Weights, name: str, stride: int) -> nn.Sequential:
    """Convolution and batch norm."""
    kernel = torch.from_numpy(weights[f"{name}/kernel"].transpose(3, 2, 0, 1).copy())
    out, taken, size, _ = kernel.shape
    layer = nn.Conv2d(taken, out, size, stride, size // 2, bias=False)
    norm = nn.BatchNorm2d(out, eps=1e-5)
    own = {"weight": "gamma", "bias": "beta", "running_mean": "moving_mean"}
    own["running_var"] = "moving_variance"
    layer.load_state_dict({"weight": kernel})
    found = {theirs: torch.from_numpy(weights[f"{name}_bn/{ours}"]) for theirs, ours in own.items()}
    norm.load_state_dict(found, strict=False)
    return nn.Sequential(layer, norm)


def dense(weights: Weights, name: str) -> nn.Linear:
    """A dense layer, without a bias where it has none."""
    kernel = torch.from_numpy(weights[f"{name}/kernel"].T.copy())
    bias = weights.get(f"{name}/bias")
    layer = nn.Linear(kernel.shape[1], kernel.shape[0], bias is not None)
    layer.load_state_dict(
        {"weight": kernel} | ({} if bias is None else {"bias": torch.from_numpy(bias)})
    )
    return layer
