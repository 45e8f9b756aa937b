"""`python -m interviewer`, the same as the command `interviewer`."""

import sys

from interviewer.cli import main

sys.exit(main())
