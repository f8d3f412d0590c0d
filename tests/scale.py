"""How much is tested: everything where SE_VIZ_ALL is set, else what finds faults soonest."""

from __future__ import annotations

import os

ALL = os.environ.get("SE_VIZ_ALL", "") not in ("", "0")
