"""Before anything loads TensorFlow: its library oneDNN is on, as on most machines of today.

On processors without certain instructions (AVX512-VNNI) TensorFlow leaves it off, and then it has
no convolution with channels first.
"""

from __future__ import annotations

import os

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
