"""From profiles and readings to small tables and findings; nothing here draws."""
