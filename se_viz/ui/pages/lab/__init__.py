"""The intervention lab."""
