"""What became of small networks that were trained to differ in one thing."""
