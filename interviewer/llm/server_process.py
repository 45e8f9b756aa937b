"""The child process that runs the llama.cpp server: `python -m interviewer.llm.server_process PARENT`.

PARENT is the number of the process that starts it (`embedded`). It takes one line of JSON on stdin (so that the key is
on no command line and in no environment), answers one line on stdout with its address or an error, and serves until
stdin closes. Its log goes to stderr.
"""

import ctypes
import json
import os
import signal
import sys
from typing import Any, BinaryIO

PR_SET_PDEATHSIG = 1
SLOTS = 2
# A request that is given up is dropped between two batches only; this many tokens take two seconds on two cores.
BATCH_TOKENS = 128
# Prompts pushed out of a slot are kept in memory up to here: about two full contexts of the shipped model.
CACHE_MIB = 512


def main() -> int:
    _die_with_parent(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answer = _take_stdout()
    line = sys.stdin.buffer.readline()
    if not line:
        return 0  # the parent ended before it said anything
    order = json.loads(line)
    try:
        server = _serve(order)
    except ImportError as error:
        return _refuse(answer, f"the package xllamacpp cannot be loaded ({error})")
    except RuntimeError as error:
        return _refuse(answer, f"llama.cpp could not load {order['model']} ({error})")
    _say(answer, {"address": server.listening_address})
    sys.stdin.buffer.read()
    # The server's own threads would keep a normal exit waiting for requests in flight.
    os._exit(0)


def _die_with_parent(parent: int) -> None:
    """On Linux the kernel ends us with the parent, even while a model is loading and stdin is not being read.

    It does so for a parent that ends from now on; one that has ended since it started us is told by its number.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)


def _take_stdout() -> BinaryIO:
    """The pipe to the parent, for ourselves alone: whatever llama.cpp prints goes to the log instead."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answer


def _serve(order: dict[str, Any]) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = order["model"]
    params.model_alias = {order["alias"]}
    params.api_keys = [order["key"]]
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_parallel = SLOTS
    params.n_ctx = SLOTS * order["context_tokens"]
    params.n_batch = params.n_ubatch = BATCH_TOKENS
    params.cache_prompt = True
    params.cache_ram_mib = CACHE_MIB
    params.fit_params = False
    params.ui = False
    params.endpoint_slots = False
    params.offline = True
    params.cors_origins = "http://127.0.0.1"
    if order["threads"]:
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = order["threads"]
    return xllamacpp.Server(params)


def _say(answer: BinaryIO, line: dict[str, str]) -> None:
    answer.write(json.dumps(line).encode() + b"\n")
    answer.flush()


def _refuse(answer: BinaryIO, reason: str) -> int:
    _say(answer, {"error": reason})
    return 1


if __name__ == "__main__":
    sys.exit(main())
