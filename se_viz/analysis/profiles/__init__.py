"""Gates of many pictures, by class."""
