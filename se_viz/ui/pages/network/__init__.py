"""The network itself, and the choice of another."""
