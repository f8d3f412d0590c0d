"""What a file says of its network, rewritten from parts that are known to be harmless."""
