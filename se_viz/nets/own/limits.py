"""How much a model file may hold and ask for, and why not more."""

from __future__ import annotations

from dataclasses import dataclass

from se_viz.pictures.limits import MIB, megabytes


@dataclass(frozen=True)
class FileLimits:
    """Limits on a model file, all checked before memory is taken.

    Attributes:
        file_bytes: the file, and each file packed in it. It is copied to a temporary folder.
        config_bytes: the description of the network; the largest of Keras Applications has 1 MB.
        parameters: numbers in all weights, 4 bytes each.
        activations: numbers in the largest feature map of one picture; 16 pictures run together.
        calls: layers of the network, counted as often as they run; nested networks can multiply
            a short description into a network without end.
    """

    file_bytes: int = 1024 * MIB
    config_bytes: int = 16 * MIB
    parameters: int = 250_000_000
    activations: int = 32_000_000
    calls: int = 5_000

    def describe(self) -> tuple[str, ...]:
        """One sentence per limit, with its reason, for people."""
        return (
            f"A model file may have up to {megabytes(self.file_bytes)}, packed or unpacked, since "
            "it is copied before it is opened.",
            f"A network may have up to {self.parameters / 1e6:,.0f} million weights, since they "
            "stay in memory.",
            f"A feature map may have up to {self.activations / 1e6:,.0f} million numbers for one "
            "picture, since sixteen pictures run at once.",
            f"A network may have up to {self.calls:,} layers, nested ones counted as often as they "
            "run, since a small file can describe a network without end.",
        )
