"""The optimizer: orthogonal steps for every kernel, Adam's for biases, batch norms and the logits.

Jordan et al., "Muon: an optimizer for hidden layers in neural networks" (2024). On this network it
got as far in two epochs as SGD with Nesterov's momentum in more than four.
"""

from __future__ import annotations

from collections import defaultdict

import keras
from keras import ops


class Muon(keras.optimizers.Muon):
    """`keras.optimizers.Muon` that takes convolutions too, each as a (height x width x in, out)
    matrix, and orthogonalises in bfloat16."""

    def _should_use_adamw(self, variable) -> bool:
        return len(variable.shape) not in (2, 4) or variable.path.startswith("logits")

    def _backend_update_step(self, grads, trainable_variables, learning_rate):
        """Kernels alike in shape are made orthogonal together: few products that fill a GPU."""
        alike: dict[tuple, list] = defaultdict(list)
        for gradient, variable in zip(grads, trainable_variables, strict=True):
            if self._should_use_adamw(variable):
                self.update_step(gradient, variable, learning_rate)
            else:
                alike[tuple(variable.shape)].append((gradient, variable))
        for pairs in alike.values():
            self._move(pairs, learning_rate)

    def _move(self, pairs, rate):
        """Step along the orthogonal steps of kernels of one shape."""
        steps = ops.stack([self._matrix(*pair) for pair in pairs])
        steps = ops.cast(self.zeropower_via_newtonschulz5(steps, self.ns_steps), "float32")
        for step, (_, variable) in zip(ops.unstack(steps), pairs, strict=True):
            moved = rate * ops.reshape(step, variable.shape)
            self.assign_sub(variable, self.lr_adjust(moved, step))

    def _matrix(self, gradient, variable):
        """Follow the gradient with momentum, by Nesterov's rule; the step as a matrix of norm 1."""
        momentum = self.momentums[self._get_variable_index(variable)]
        self.assign(momentum, self.momentum * momentum + gradient)
        step = ops.reshape(gradient + self.momentum * momentum, (-1, variable.shape[-1]))
        return ops.cast(step / (ops.norm(step) + 1e-7), "bfloat16")

    def lr_adjust(self, x, matrix):
        """Make the entries of an orthogonal step as large as Adam's (arXiv 2502.16982)."""
        return x * (self.rms_rate * max(matrix.shape) ** 0.5)
