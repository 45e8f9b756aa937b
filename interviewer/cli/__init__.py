"""The command line: `interviewer COMMAND`. Bad input is one line on stderr and exit 2; a failure of ours is exit 1."""

from interviewer.cli.main import main

__all__ = ["main"]
