"""`python -m kithwork.cli`: the same command without the installed script."""

import sys

from kithwork.cli import main

if __name__ == "__main__":
    sys.exit(main())
