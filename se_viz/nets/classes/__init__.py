"""Names of the classes of published data sets."""
