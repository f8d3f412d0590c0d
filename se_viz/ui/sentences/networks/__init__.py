"""Networks, their gates and what they cost, in words."""
