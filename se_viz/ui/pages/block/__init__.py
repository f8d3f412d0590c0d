"""The block: one picture through one SE block, from left to right."""
