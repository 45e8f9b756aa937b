"""How soon the page answers, beside a bare one-button Gradio app started the same way; and `interviewer --help`.

Each is a fresh process with an empty home and no language model, timed from its start to the first HTTP 200, in turn.
`python benchmarks/start.py [rounds]`.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
BARE = """
import os
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
import gradio as gr
with gr.Blocks() as page:
    gr.Button("one")
page.launch(server_name="127.0.0.1", server_port=int(os.environ["INTERVIEWER_PORT"]), quiet=True)
"""


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def until_it_answers(command):
    """Seconds from the start of `command` to the first page."""
    port = free_port()
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "INTERVIEWER_PORT": str(port),
            "INTERVIEWER_HOME": home,
            "INTERVIEWER_MODEL": "none",
            "BROWSER": "true",
        }
        begun = time.perf_counter()
        app = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while time.perf_counter() - begun < 120:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
                        page.read()
                    return time.perf_counter() - begun
                except (urllib.error.URLError, ConnectionError, TimeoutError):
                    if app.poll() is not None:
                        raise RuntimeError(f"{command} ended with {app.returncode}") from None
                    time.sleep(0.02)
            raise RuntimeError(f"{command} did not answer within two minutes")
        finally:
            app.terminate()
            app.wait(30)


def help_takes():
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "from interviewer.cli import main; main(['--help'])"], capture_output=True, check=True
    )
    return time.perf_counter() - begun


def main(rounds):
    ours, bare = [], []
    for _ in range(rounds):
        ours.append(until_it_answers([sys.executable, "app.py"]))
        bare.append(until_it_answers([sys.executable, "-c", BARE]))
    mine, floor = statistics.median(ours), statistics.median(bare)
    print(f"the page answers after {mine:.2f} s, a bare Gradio app after {floor:.2f} s")
    print(f"ratio to bare: {mine / floor:.2f} (goal: at most 1.3)")
    print(f"interviewer --help: median {statistics.median(help_takes() for _ in range(5)):.2f} s (goal: under 0.5)")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
