"""Fixtures that every test may use; the network beyond this machine is refused."""

import gc
import ipaddress
import os
import shutil
import socket
import ssl
import threading

import pytest

from interviewer.settings import Settings
from tests.doubles import HashingEmbedder
from tests.scripted_server import ScriptedServer

SCRIPTED_KEY = "sk-very-secret"


class NetworkRefused(RuntimeError):
    """A test tried to leave this machine. Not an OSError, so that no retry or fall-back hides it."""


@pytest.fixture(scope="session")
def bank():
    """The shipped bank, loaded once: nothing in it can be changed."""
    from interviewer.content.bank import load

    return load()


@pytest.fixture(scope="session")
def stocked(tmp_path_factory):
    """A home whose library holds the shipped content as `HashingEmbedder` sees it, made once."""
    from interviewer.services import Services

    home = tmp_path_factory.mktemp("stocked")
    services = Services(Settings(home=home, model="none", content=None), embedder=HashingEmbedder())
    services.library.search("anything", 1)
    services.close()
    return home


@pytest.fixture
def stock(stocked):
    """`stock(home)` gives a home a library of its own, as if one had been made there before."""
    return lambda home: shutil.copytree(stocked / "library", home / "library")


@pytest.fixture(autouse=True, scope="session")
def hasty_disk():
    """Nobody cuts the power of a test: SQLite does not wait until the disk has what it wrote. Children do wait."""
    from interviewer.storage import events

    durable = events._durable

    def hasty(connection, record):
        durable(connection, record)
        connection.execute("PRAGMA synchronous=OFF").close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "_durable", hasty)
        yield


@pytest.fixture(autouse=True)
def no_network(monkeypatch, request):
    """Every connection and look-up outside loopback fails, unless the test is marked `network`. Lists the attempts.

    Nobody on loopback speaks TLS here, so the authorities that every client reads in are left unread: it takes long.
    """
    refused = []
    if request.node.get_closest_marker("network"):
        return refused
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}
    look_up = socket.getaddrinfo

    def guarded(name):
        def connect(self, address):
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
                refused.append(address)
                raise NetworkRefused(f"tests stay on this machine; {address} was refused")
            return real[name](self, address)

        return connect

    def getaddrinfo(host, *args, **options):
        if host is not None and not _is_loopback(host):
            refused.append(host)
            raise NetworkRefused(f"tests stay on this machine; a look-up of {host!r} was refused")
        return look_up(host, *args, **options)

    for name in real:
        monkeypatch.setattr(socket.socket, name, guarded(name))
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    for name in ("load_default_certs", "load_verify_locations"):
        monkeypatch.setattr(ssl.SSLContext, name, lambda *args, **options: None)
    return refused


def _is_loopback(host):
    host = host.decode() if isinstance(host, bytes) else host
    if host in ("localhost", "", "0.0.0.0"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A fresh INTERVIEWER_HOME, and nothing else in the environment that the settings would read."""
    for name in list(os.environ):
        if name.startswith(("INTERVIEWER_", "OPENAI_")) or name.lower() in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    monkeypatch.setenv("INTERVIEWER_HOME", str(folder))
    return folder


@pytest.fixture
def settings(home):
    """Settings in a fresh home, with no language model."""
    return Settings(home=home, model="none")


@pytest.fixture
def scripted_server():
    server = ScriptedServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def weights_file():
    """The real weights, fetched once into the home that the tests were started with. For tests marked `real`."""
    from interviewer.llm.weights import ensure

    return ensure(Settings(), lambda *_: None, threading.Event())


@pytest.fixture(scope="session")
def real_model(weights_file, tmp_path_factory):
    """The embedded model, loaded once for all tests marked `real`. Tests that hurt it start their own."""
    from interviewer.llm.model import Model

    home = tmp_path_factory.mktemp("real_model")
    settings = Settings(home=home, model="", model_path=weights_file, openai_base_url="", model_timeout=200)
    model = Model(settings)
    model.start()
    status = model.wait(180)
    assert status.state == "ready", status
    yield model
    model.close()


@pytest.fixture
def closed_port():
    """A port of this machine where nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    return port


# Read once: fixtures clean the environment.
_REQUIRE_ALL = bool(os.environ.get("INTERVIEWER_REQUIRE_ALL"))


def pytest_collection_finish():
    """What was imported and collected stays to the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With INTERVIEWER_REQUIRE_ALL set, as in .ci/run, a test that would be skipped fails."""
    report = yield
    if _REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and here nothing may be: {call.excinfo and call.excinfo.value}"
    return report


@pytest.fixture
def started(home, scripted_server):
    """`started(**settings)` is a running Model on the scripted server."""
    from interviewer.llm.model import Model

    models = []

    def start(**changes):
        defaults = {"openai_base_url": scripted_server.url, "openai_api_key": SCRIPTED_KEY, "model_timeout": 5.0}
        model = Model(Settings(**defaults | changes))
        models.append(model)
        model.start()
        model.wait(20)
        return model

    yield start
    for model in models:
        model.close()
