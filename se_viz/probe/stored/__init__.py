"""Networks that were probed once, on disk, so that next time OpenVINO alone runs them."""
