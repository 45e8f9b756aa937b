"""Fixtures that every test may use; the network beyond this machine is refused."""

import pytest


@pytest.fixture(scope="session")
def bank():
    """The shipped bank, loaded once: nothing in it can be changed."""
    from interviewer.content.bank import load

    return load()
