"""`python -m se_viz`."""

import sys

from se_viz.cli import main

if __name__ == "__main__":
    sys.exit(main())
