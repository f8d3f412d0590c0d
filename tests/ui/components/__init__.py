"""Components: modules put together, and what Python hands them."""
