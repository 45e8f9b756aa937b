"""Starts the page: the look of it, the address, and the warming of what the first answer needs."""

import logging
import os
import socket
import threading
from pathlib import Path

import gradio as gr

from interviewer.errors import BadInput
from interviewer.services import Services
from interviewer.ui.page import build

log = logging.getLogger(__name__)

_HERE = Path(__file__).parent
_SYSTEM_FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"]
_MONO_FONTS = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "DejaVu Sans Mono", "monospace"]
_SCRIPTS = ("page.js", "editor.js")
_LARGEST_UPLOAD = "50mb"


def launch(services: Services, open_browser: bool = True) -> None:
    """Serve the page until Ctrl-C. Raises BadInput when the address cannot be used."""
    host, port = services.settings.host, _free(services.settings.host, services.settings.port)
    page = start(services, host, port, open_browser)
    print(f"The interviewer is at {page.local_url.rstrip('/')} (Ctrl-C ends it)", flush=True)
    threading.Thread(target=_warm, args=(services,), name="warm", daemon=True).start()
    page.block_thread()


def start(services: Services, host: str, port: int, open_browser: bool = False) -> gr.Blocks:
    """Build the page and begin to serve it in the background."""
    os.environ.setdefault("GRADIO_TEMP_DIR", str(services.settings.home / "page"))
    _make(services, "bank", "model", "library")
    page = build(services)
    page.api_open = False  # as queue() would, which also builds the whole application once more
    page.launch(
        server_name=host,
        server_port=port,
        inbrowser=open_browser,
        prevent_thread_lock=True,
        share=False,
        quiet=True,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        footer_links=[],
        max_file_size=_LARGEST_UPLOAD,
        allowed_paths=[str(services.settings.home / "page")],
        theme=_theme(),
        css=(_HERE / "style.css").read_text(encoding="utf-8"),
        head="".join(f"<script>{(_HERE / name).read_text(encoding='utf-8')}</script>" for name in _SCRIPTS),
    )
    _make(services, "store", "interviews")
    return page


def _make(services: Services, *parts: str) -> None:
    """Make shared parts before two handlers ask for one at once; the slow imports come after the page answers."""
    for part in parts:
        getattr(services, part)


def _warm(services: Services) -> None:
    try:
        services.warm()
    except Exception:
        log.exception("warming up failed; the first answer will load what it needs")


def _free(host: str, port: int) -> int:
    """The port, or a free one for 0. Raises BadInput when nothing can listen there."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            return int(trial.getsockname()[1])
    except OSError as fault:
        raise BadInput(
            f"the page cannot listen on {host}:{port} ({fault.strerror or fault}); "
            "choose another with --port or INTERVIEWER_PORT"
        ) from fault


def _theme() -> gr.themes.Base:
    return gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.zinc,
        font=_SYSTEM_FONTS,
        font_mono=_MONO_FONTS,
        radius_size=gr.themes.sizes.radius_lg,
    )
