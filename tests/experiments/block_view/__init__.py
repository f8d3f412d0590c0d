"""One block for one picture, in several lights."""
