"""The web page: settings, services, page, launch. `interviewer serve` does the same with options."""

import sys
from contextlib import closing

from interviewer.errors import InterviewerError
from interviewer.services import Services
from interviewer.settings import Settings
from interviewer.ui.launch import launch

if __name__ == "__main__":
    try:
        with closing(Services(Settings())) as services:
            launch(services, open_browser=True)
    except InterviewerError as fault:
        sys.exit(f"interviewer: {fault}")
