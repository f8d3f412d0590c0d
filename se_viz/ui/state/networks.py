"""Networks in memory: two at most, shared by all sessions."""

from __future__ import annotations

import gc
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from cachetools import LRUCache

if TYPE_CHECKING:
    from se_viz.probe.probe import Probe

MOST = 2


class Held:
    """Networks with their probes by key; the one that was not used for longest makes room.

    Many threads may ask; each network is loaded once, and loading one does not keep others waiting.
    """

    def __init__(self, most: int = MOST):
        self._probes: LRUCache[str, Probe] = LRUCache(most)
        self._turn = threading.Lock()
        self._loading: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def __contains__(self, key: str) -> bool:
        return key in self._probes

    def get(self, key: str, make: Callable[[], Probe]) -> Probe:
        """The network of that key, made where it is not held; errors of `make` pass through."""
        with self._turn:
            loading = self._loading[key]
        with loading:
            probe = self._find(key)
            return probe if probe is not None else self._put(key, make())

    def drop(self, key: str) -> None:
        """Let go of a network, if it is held."""
        with self._turn:
            dropped = self._probes.pop(key, None)
        if dropped is not None:
            del dropped
            gc.collect()

    def _find(self, key: str) -> Probe | None:
        with self._turn:
            return self._probes.get(key)

    def _put(self, key: str, probe: Probe) -> Probe:
        with self._turn:
            full = self._probes.currsize == self._probes.maxsize
            self._probes[key] = probe
        if full:
            gc.collect()  # a network's layers and tensors hold one another
        return probe
