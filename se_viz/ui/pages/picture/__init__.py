"""One picture from the inside."""
