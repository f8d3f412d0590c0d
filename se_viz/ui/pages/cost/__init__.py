"""What the SE block costs."""
