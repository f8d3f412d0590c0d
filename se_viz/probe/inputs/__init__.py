"""Which pixels a network expects, told by its structure."""
