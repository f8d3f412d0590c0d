"""What SE costs in Inception, in closed form."""

from __future__ import annotations

from dataclasses import dataclass, field

from se_viz.complexity.se_resnet import NOTHING, Cost, Load, last_layer, with_se
from se_viz.nets.se_inception.layout import LAST, STEM, Branch, Conv, Module, Pool, SEInception

GRIDS = (35, 17, 8)


def inception_cost(config: SEInception, size: int = 299) -> Cost:
    """What an SE-Inception and its SE blocks cost, for pictures of size x size pixels; its parts
    are the modules of each of `GRIDS`."""
    walk = _walked(config, size)
    plain = walk.load + last_layer(walk.channels, config.classes)
    return with_se(plain, walk.blocks if config.se else [], GRIDS, config)


def inception_blocks(config: SEInception, size: int = 299) -> list[tuple[int, int, int]]:
    """(grid, channels, height of its maps) of every SE block, in order of depth."""
    return _walked(config, size).blocks if config.se else []


@dataclass
class _Walk:
    """From the picture to the pool: what went by, and the shape that is there now."""

    config: SEInception
    channels: int
    side: int
    load: Load = NOTHING
    blocks: list[tuple[int, int, int]] = field(default_factory=list)

    def module(self, module: Module) -> None:
        entry, ends = (self.channels, self.side), []
        for branch in module.branches:
            self.channels, self.side = entry
            self.along(branch)
            ends.append(self.channels)
        self.channels = sum(ends)
        if module.scale is not None:
            self._conv(entry[0], 1)
            self.load += Load(entry[0], 0, 0)
        if module.scale is not None or self.config.kind == "v3":
            self.blocks.append((module.grid, self.channels, self.side))

    def along(self, branch: Branch) -> None:
        for step in branch:
            if isinstance(step, Pool):
                self.side = self.side if step.stride == 1 else (self.side - 3) // 2 + 1
            elif isinstance(step, Conv):
                self._step(step)
            else:
                before, ends = self.channels, []
                for end in step:
                    self.channels = before
                    self._step(end)
                    ends.append(self.channels)
                self.channels = sum(ends)

    def _step(self, step: Conv) -> None:
        """A convolution, and the offsets of its batch norm."""
        if step.padding == "valid":
            self.side = (self.side - step.kernel[0]) // step.stride + 1
        self._conv(self.config.channels(step.filters), step.kernel[0] * step.kernel[1])
        self.load += Load(self.channels, 0, 0)

    def _conv(self, filters: int, area: int) -> None:
        products = area * self.channels * filters
        area_of_maps = self.side**2
        self.load += Load(products, products * area_of_maps, filters * area_of_maps)
        self.channels = filters


def _walked(config: SEInception, size: int) -> _Walk:
    walk = _Walk(config, 3, size)
    walk.along(STEM)
    for module in config.modules:
        walk.module(module)
    if config.kind == "resnet_v2":
        walk.along((Conv(LAST),))
    return walk
