"""Which language model answers: a configured remote server, else the embedded one, else none.

Reads settings only; nothing is contacted here except by `speaks_grammar`, which asks a server on this machine.
"""

import ipaddress
import json
import urllib.request
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal
from urllib.parse import urlsplit

from interviewer.errors import BadInput
from interviewer.settings import Settings

Kind = Literal["remote", "embedded", "none"]

OPENAI_URL = "https://api.openai.com/v1"
EMBEDDED_MODEL = "qwen2.5-coder-1.5b-instruct"
PROBE_SECONDS = 3.0


@dataclass(frozen=True)
class Endpoint:
    """Where lines are written. `host` is what the user is told; the embedded server's address comes when it runs."""

    kind: Kind
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    model: str = ""
    host: str = ""
    local: bool = True
    grammar: bool = False

    @property
    def is_openai(self) -> bool:
        """OpenAI's own server: it alone refuses `max_tokens`, and its first listed model means nothing."""
        return f".{self.host.partition(':')[0]}".endswith(".openai.com")


def choose(settings: Settings) -> Endpoint:
    """The endpoint that the settings ask for.

    A model file named on purpose outweighs a key that merely lies in the environment, because the key would send the
    candidate's words to another machine; a server address outweighs both.
    """
    if settings.model.lower() == "none":
        return Endpoint("none")
    keyed = bool(settings.openai_api_key) and settings.model_path is None
    if settings.openai_base_url or keyed:
        return _remote(settings)
    name = settings.model_path.stem if settings.model_path else EMBEDDED_MODEL
    return Endpoint("embedded", model=name, host="this computer", grammar=True)


def _remote(settings: Settings) -> Endpoint:
    base_url = settings.openai_base_url.strip().rstrip("/") or OPENAI_URL
    try:
        parts = urlsplit(base_url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise BadInput(f"OPENAI_BASE_URL is not an address ({error}). Example: http://127.0.0.1:11434/v1.") from error
    if parts.scheme not in ("http", "https") or not host:
        raise BadInput("OPENAI_BASE_URL must start with http:// or https://. Example: http://127.0.0.1:11434/v1.")
    if not parts.path:
        base_url = f"{parts.scheme}://{parts.netloc}/v1"
    shown = f"{host}:{port}" if port else host
    return Endpoint("remote", base_url, settings.openai_api_key, settings.model, shown, _is_loopback(host))


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def speaks_grammar(endpoint: Endpoint) -> bool:
    """Whether a server on this machine is llama.cpp, the only one that takes its grammars.

    Other servers refuse or ignore the field, so any answer but llama.cpp's own means no.
    """
    if endpoint.kind != "remote" or not endpoint.local:
        return endpoint.grammar
    # `choose` has refused every scheme but http and https.
    url = endpoint.base_url.removesuffix("/v1") + "/props"
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {endpoint.api_key}"})  # noqa: S310
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=PROBE_SECONDS) as answer:
            props = json.load(answer) if answer.status == HTTPStatus.OK else {}
    except (OSError, ValueError):
        return False
    return isinstance(props, dict) and "default_generation_settings" in props
