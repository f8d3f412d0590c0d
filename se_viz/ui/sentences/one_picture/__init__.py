"""What one picture shows, in words."""
