"""What reads networks of a library into graphs."""
