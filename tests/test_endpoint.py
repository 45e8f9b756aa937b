"""Which language model is chosen, and what the user is told about it. Nothing is contacted but loopback."""

from pathlib import Path

import pytest

from interviewer.errors import BadInput
from interviewer.llm.endpoint import Endpoint, choose, speaks_grammar
from interviewer.settings import Settings

URL = "http://127.0.0.1:11434/v1"


@pytest.mark.parametrize(
    ("environment", "kind", "base_url"),
    [
        ({}, "embedded", ""),
        ({"INTERVIEWER_MODEL": "none"}, "none", ""),
        ({"INTERVIEWER_MODEL": "None", "OPENAI_API_KEY": "k", "OPENAI_BASE_URL": URL}, "none", ""),
        ({"OPENAI_API_KEY": "k"}, "remote", "https://api.openai.com/v1"),
        ({"OPENAI_BASE_URL": URL}, "remote", URL),
        ({"OPENAI_BASE_URL": URL + "/"}, "remote", URL),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:11434"}, "remote", URL),
        ({"INTERVIEWER_MODEL_PATH": "/models/mine.gguf"}, "embedded", ""),
        ({"INTERVIEWER_MODEL_PATH": "/models/mine.gguf", "OPENAI_API_KEY": "k"}, "embedded", ""),
        ({"INTERVIEWER_MODEL_PATH": "/models/mine.gguf", "OPENAI_BASE_URL": URL}, "remote", URL),
    ],
)
def test_the_environment_chooses_the_endpoint(home, monkeypatch, environment, kind, base_url):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    endpoint = choose(Settings())
    assert (endpoint.kind, endpoint.base_url) == (kind, base_url)


@pytest.mark.parametrize("url", ["localhost:11434/v1", "ftp://server/v1", "http://", "http://host:port/v1", "vllm"])
def test_an_address_that_is_none_is_the_users_to_mend(home, url):
    with pytest.raises(BadInput, match="OPENAI_BASE_URL"):
        choose(Settings(openai_base_url=url))


@pytest.mark.parametrize(
    ("url", "host", "local"),
    [
        ("http://127.0.0.1:8000/v1", "127.0.0.1:8000", True),
        ("http://localhost:8000/v1", "localhost:8000", True),
        ("http://[::1]:8000/v1", "::1:8000", True),
        ("http://192.168.1.7:8000/v1", "192.168.1.7:8000", False),
        ("https://user:secret@llm.example.org/v1", "llm.example.org", False),
        ("http://127.0.0.1.example.org/v1", "127.0.0.1.example.org", False),
    ],
)
def test_the_user_is_told_the_host_and_only_loopback_is_local(home, url, host, local):
    endpoint = choose(Settings(openai_base_url=url))
    assert (endpoint.host, endpoint.local) == (host, local)


def test_the_key_is_not_in_the_printed_endpoint(home):
    assert "hunter2" not in repr(choose(Settings(openai_api_key="hunter2")))


def test_only_openais_own_hosts_count_as_openai():
    assert Endpoint("remote", host="api.openai.com").is_openai
    assert Endpoint("remote", host="eu.api.openai.com:443").is_openai
    assert not Endpoint("remote", host="notopenai.com").is_openai


def test_the_embedded_model_is_named_after_its_file(home):
    assert choose(Settings(model_path=Path("/models/mine.gguf"))).model == "mine"


@pytest.mark.parametrize("llama", [True, False])
def test_a_llama_cpp_server_on_this_machine_is_recognised(home, scripted_server, llama):
    scripted_server.llama = llama
    scripted_server.api_key = "k"
    endpoint = choose(Settings(openai_base_url=scripted_server.url, openai_api_key="k"))
    assert speaks_grammar(endpoint) is llama


def test_a_server_elsewhere_is_never_asked_whether_it_is_llama_cpp():
    assert not speaks_grammar(Endpoint("remote", "http://llm.example.org/v1", local=False))


def test_nobody_answering_means_no_grammar(closed_port):
    assert not speaks_grammar(Endpoint("remote", f"http://127.0.0.1:{closed_port}/v1"))
