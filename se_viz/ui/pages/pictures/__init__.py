"""The person's own pictures."""
