"""The web page: settings, services, page, launch; the same as `interviewer serve`, options and exit status included."""

import sys

from interviewer.cli import main

if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
