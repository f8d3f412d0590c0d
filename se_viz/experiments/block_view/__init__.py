"""One SE block for one picture, in several lights: everything that can be pointed at."""
