"""The optimizer: orthogonal steps for every kernel, Adam's for biases, batch norms and the logits.

Jordan et al., "Muon: an optimizer for hidden layers in neural networks" (2024). On this network it
got as far in two epochs as SGD with Nesterov's momentum in more than four.
"""

from __future__ import annotations

import keras
from keras import ops


class Muon(keras.optimizers.Muon):
    """`keras.optimizers.Muon` that takes convolutions too, each as a (height x width x in, out)
    matrix, and orthogonalises in bfloat16."""

    def _should_use_adamw(self, variable) -> bool:
        return len(variable.shape) not in (2, 4) or variable.path.startswith("logits")

    def _muon_update_step(self, gradient, variable, lr, m):
        self.assign(m, self.momentum * m + gradient)
        step = ops.reshape(gradient + self.momentum * m, (-1, variable.shape[-1]))
        step = ops.cast(step / (ops.norm(step) + 1e-7), "bfloat16")
        step = ops.cast(self.zeropower_via_newtonschulz5(step, self.ns_steps), "float32")
        self.assign_sub(variable, self.lr_adjust(lr * ops.reshape(step, variable.shape), step))

    def lr_adjust(self, x, matrix):
        """Make the entries of an orthogonal step as large as Adam's (arXiv 2502.16982)."""
        return x * (self.rms_rate * max(matrix.shape) ** 0.5)
