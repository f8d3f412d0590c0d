"""What a network takes pictures for, whether that is right, and what changes it."""
