"""Are the gates of a network all right? One check a file; `catalogue` lists them."""
