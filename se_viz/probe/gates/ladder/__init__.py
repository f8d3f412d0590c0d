"""Gates with less, or more, than the two layers of an SE block: the rungs around it."""
