"""`python -m se_viz`: what goes wrong is told in a sentence, without what a server would log."""

import logging
import sys

from se_viz.cli import main

if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    sys.exit(main())
