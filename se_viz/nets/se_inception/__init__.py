"""SE in Inception: the block after each module, or on the branch of each residual one."""
