"""Figures that a browser draws and steers by itself: modules of JavaScript with thin adapters."""
