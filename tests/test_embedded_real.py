"""The embedded model for real: its words, its prompt cache, and its process in every way that it may end."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pydantic import BaseModel

from interviewer.errors import ModelUnavailable
from interviewer.interviewing.wording import Offer, grammar
from interviewer.llm.embedded import EmbeddedServer
from interviewer.llm.model import Model
from interviewer.llm.prompt_file import load_prompt
from interviewer.settings import Settings

pytestmark = pytest.mark.real

ASKS = ("how much was that in numbers, compared with before", "what did you do yourself towards that")
GRAMMAR = grammar(
    [
        Offer("You said you pulled the labelled chargebacks of six months: ", ASKS),
        Offer("So you built a small job: ", ASKS),
    ]
)

ROOT = Path(__file__).resolve().parents[1]
ANSWER = (
    "I owned the fraud model of a payments company. Losses had gone up for two quarters and I was asked why. I pulled "
    "the labelled chargebacks of six months and saw that labels came forty-five days late instead of twenty, so that "
    "the newest attack was missing from training. I built a small job that joined device data within five minutes."
)


def opened(question, answer=ANSWER, wanted="the outcome as a number, compared with before"):
    turn = f"Question: {question}\n<answer>{answer}</answer>\nAsk for: {wanted}\nFor example: By how much?"
    return [*load_prompt("follow_up").prefix, ("user", turn)]


def alive(pid):
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def wait_until(true, seconds=30.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def own_model(home, weights_file):
    """A model that the test may kill."""
    model = Model(Settings(model_path=weights_file))
    model.start()
    assert model.wait(120).state == "ready", model.status
    yield model
    model.close()


def test_a_line_streams_in_several_deltas_and_keeps_to_the_grammar(real_model):
    deltas = list(real_model.stream(opened("Tell me about a time you dug deep."), grammar=GRAMMAR, max_tokens=60))
    line = "".join(deltas)
    assert len(deltas) > 3
    assert line.endswith("?")
    assert line.count("?") == 1
    assert "." not in line


def test_only_the_answer_and_the_instruction_are_read_on_an_append_only_turn(real_model):
    messages = opened("Describe a decision that you are proud of.")
    line = "".join(real_model.stream(messages, grammar=GRAMMAR, max_tokens=60))
    first = real_model.last_usage
    said = [*messages, ("assistant", line)]
    wait_until(lambda: real_model._lines.holds(said))
    answer = "Losses fell by a third within two months.\nAsk for: who decided\nFor example: Whose call was it?"
    list(real_model.stream([*said, ("user", answer)], grammar=GRAMMAR, max_tokens=60))
    second = real_model.last_usage
    print(first, second, line)
    assert second.cached >= first.prompt + len(line.split())
    assert second.prompt - second.cached < 45


def test_what_was_warmed_is_not_read_again(real_model):
    messages = opened("What did you learn from your last failure?")
    warmed = [*messages[:-1], ("user", messages[-1][1].partition("<answer>")[0] + "<answer>")]
    real_model.warm(warmed)
    wait_until(lambda: real_model._lines.holds(warmed), 60)
    list(real_model.stream(messages, grammar=GRAMMAR, max_tokens=60))
    assert real_model.last_usage.prompt - real_model.last_usage.cached < 140


def test_a_warming_that_has_to_give_way_keeps_what_it_has_read(real_model):
    messages = opened("How do you choose a metric?", answer=ANSWER.replace("fraud", "ranking") * 6)
    real_model.warm(messages)
    time.sleep(6)
    list(real_model.stream([*messages, ("assistant", "Why?"), ("user", "Because.")], max_tokens=3))
    assert real_model.last_usage.cached > 600


def test_two_interviews_in_turn_do_not_push_each_other_out(real_model):
    ada = opened("Tell me about your ranking model.", ANSWER.replace("fraud", "ranking") * 3)
    grace = opened("Tell me about your speech model.", ANSWER.replace("fraud", "speech") * 3)
    for messages in (ada, grace):
        list(real_model.stream(messages, max_tokens=3))
    for messages in (ada, grace, ada):
        list(real_model.stream([*messages, ("assistant", "Why?"), ("user", "It was slow.")], max_tokens=3))
        assert real_model.last_usage.prompt - real_model.last_usage.cached < 40


def test_a_structured_answer(real_model):
    class Verdict(BaseModel):
        reason: str
        states_a_number: bool

    verdict = real_model.ask(
        [
            ("system", "Say in one short sentence why, then yes or no."),
            ("user", "Does 'it fell by 3 %' state a number?"),
        ],
        Verdict,
    )
    assert isinstance(verdict, Verdict)


def test_a_prompt_beyond_the_context_is_refused_in_one_sentence(real_model):
    with pytest.raises(ModelUnavailable, match="cannot read that much at once"):
        list(real_model.stream([("user", "word " * 9000)]))


def test_the_key_is_needed_and_is_on_no_command_line_and_in_no_environment(real_model):
    key, child = real_model.endpoint.api_key, real_model._server.process
    assert len(key) > 30
    for file in ("cmdline", "environ"):
        assert key.encode() not in Path(f"/proc/{child.pid}/{file}").read_bytes()
    connection = http.client.HTTPConnection(real_model.endpoint.base_url.split("/")[2], timeout=5)
    connection.request("POST", "/v1/chat/completions", json.dumps({"messages": []}), {"Authorization": "Bearer guess"})
    assert connection.getresponse().status == 401


def test_the_log_is_kept_without_key_and_without_anybodys_words(real_model):
    list(real_model.stream([("user", "My secret project is called Zanzibar.")], max_tokens=3))
    log = real_model._server.log_file.read_text()
    assert "listening on http://127.0.0.1" in log
    assert real_model.endpoint.api_key not in log
    assert "Zanzibar" not in log


def test_the_terminals_interrupt_does_not_reach_the_server(real_model):
    os.kill(real_model._server.process.pid, signal.SIGINT)
    time.sleep(0.3)
    assert alive(real_model._server.process.pid)
    assert os.getpgid(real_model._server.process.pid) != os.getpgid(0)


def test_a_second_process_uses_the_server_by_its_address(real_model):
    code = """
from interviewer.llm.model import Model
from interviewer.settings import Settings
model = Model(Settings())
model.start()
assert model.wait(60).state == "ready", model.status
print(model.endpoint.kind, model.endpoint.grammar, model.status.model)
print("".join(model.stream([("user", "Is water wet?")], grammar='root ::= "It is, " [a-z ]{3,40} "."', max_tokens=40)))
model.close()
"""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("INTERVIEWER_")},
        "OPENAI_BASE_URL": real_model.endpoint.base_url,
        "OPENAI_API_KEY": real_model.endpoint.api_key,
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    first, said = done.stdout.splitlines()
    assert first == f"remote True {real_model.endpoint.model}"
    assert said.startswith("It is, ")


def test_a_server_killed_in_the_middle_of_a_line_is_started_again_once(own_model):
    server = own_model._server
    first = server.process
    reply = own_model.stream([("user", "Tell me a very long story.")], max_tokens=400)
    next(reply)
    os.kill(first.pid, signal.SIGKILL)
    with pytest.raises(ModelUnavailable, match="broke off in the middle"):
        list(reply)
    with pytest.raises(ModelUnavailable):
        list(own_model.stream([("user", "Hello")]))
    wait_until(lambda: own_model.status.state == "loading")
    assert own_model.wait(120).state == "ready"
    assert first.returncode == -signal.SIGKILL  # waited for: no zombie
    assert "".join(own_model.stream([("user", "Say hello.")], max_tokens=5))
    os.kill(server.process.pid, signal.SIGKILL)
    wait_until(lambda: own_model.status.state == "failed")
    assert "stopped a second time" in own_model.status.detail
    assert "llama.log" in own_model.status.detail
    assert server.process.returncode == -signal.SIGKILL


PARENT = """
import sys, threading
from pathlib import Path
from interviewer.llm.embedded import EmbeddedServer
from interviewer.settings import Settings
server = EmbeddedServer(Path(sys.argv[1]), "m", Settings(home=Path(sys.argv[2])))
starter = threading.Thread(target=server.start)
starter.start()
starter.join()
while server.process is None: pass
print(server.process.pid, flush=True)
server.wait(60)
print("ready", flush=True)
threading.Event().wait()
"""


@pytest.mark.parametrize("moment", ["loading", "ready"])
def test_the_server_dies_with_its_parent(home, weights_file, moment):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(weights_file), str(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with parent:
        child = int(parent.stdout.readline())
        if moment == "ready":
            assert parent.stdout.readline() == "ready\n"
        assert alive(child)
        parent.send_signal(signal.SIGKILL)
    wait_until(lambda: not alive(child), 5)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel is asked on Linux only")
def test_a_server_whose_parent_died_before_it_could_ask_for_the_kernels_help_ends_at_once():
    command = [sys.executable, "-m", "interviewer.llm.server_process"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    missing = {"model": "/missing.gguf", "alias": "m", "key": "k", "context_tokens": 512, "threads": 1}
    order = json.dumps(missing).encode() + b"\n"
    with (
        subprocess.Popen([*command, str(os.getppid())], cwd=ROOT, **pipes) as outlived,  # we are not its parent
        subprocess.Popen([*command, str(os.getpid())], cwd=ROOT, **pipes) as ours,
    ):
        assert outlived.wait(10) == 0
        assert b"error" in ours.communicate(order, timeout=30)[0]
        assert outlived.stdout.read() == b""


def test_a_server_without_the_kernels_help_ends_when_stdin_closes(home, weights_file):
    server = EmbeddedServer(weights_file, "m", Settings())
    server.start()
    server.wait(120)
    server.process.stdin.close()
    wait_until(lambda: server.restarts == 1, 5)  # it ended, and the watcher noticed
    server.stop()


def test_stopping_while_loading_leaves_nothing_behind(home, weights_file):
    server = EmbeddedServer(weights_file, "m", Settings())
    server.start()
    wait_until(lambda: server.process is not None)
    server.stop()
    assert server.process.returncode is not None
    assert server.state == "stopped"
    with pytest.raises(ModelUnavailable):
        server.wait(1)


def test_a_file_that_is_no_model_is_said_so_and_not_tried_again(home, tmp_path):
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(100))
    model = Model(Settings(model_path=broken))
    model.start()
    status = model.wait(60)
    assert status.state == "failed"
    assert f"could not load {broken}" in status.detail
    assert "llama.log" in status.detail
    assert model._server.restarts == 0
    model.close()


def test_the_log_is_rotated(home, monkeypatch, tmp_path):
    from interviewer.llm import embedded

    monkeypatch.setattr(embedded, "LOG_BYTES", 300)
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(100))
    server = EmbeddedServer(broken, "m", Settings())
    server.start()
    with pytest.raises(ModelUnavailable):
        server.wait(30)
    server.stop()
    assert server.log_file.with_name("llama.log.1").exists()
    # Right after a turnover the new file is made by the next line, which may not come.
    assert not server.log_file.exists() or server.log_file.stat().st_size <= 300
