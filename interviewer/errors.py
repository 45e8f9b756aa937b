"""What can go wrong, by who can mend it. Messages say what happened and the next step."""


class InterviewerError(Exception):
    """Anything the user is told about in one sentence."""


class BadInput(InterviewerError):
    """The user can mend it: a file, a field, an option. Exit status 2."""


class ContentError(BadInput):
    """A rubric or corpus file is wrong; the message names file, line and field."""


class ModelUnavailable(InterviewerError):
    """The language model could not answer; the caller goes on with the rubric's own words."""


class LibraryUnavailable(InterviewerError):
    """The library could not be opened or searched."""


class SandboxUnavailable(InterviewerError):
    """Code could not be run safely, so it was not run; the message says what to install or set."""


class StorageUnavailable(InterviewerError):
    """An event could not be stored; nothing was processed."""


class InterviewMoved(InterviewerError):
    """Somebody else (another tab) has added to this interview meanwhile."""
