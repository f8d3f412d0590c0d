"""Where networks are run."""
