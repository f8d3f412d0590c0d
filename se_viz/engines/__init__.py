"""Where gates are computed."""
