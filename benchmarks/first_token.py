"""First token of a follow-up on the embedded model, beside the raw llama.cpp server for the same new tokens.

A scripted candidate talks through a behavioural round and, as a person would, answers only after what can be read in
beforehand has been read. The floor is a second embedded server, asked over bare HTTP: the same messages after the same
beginning is in its cache. Printed a turn: prompt tokens read and reused, first token, first visible text; then medians
and the ratio. Run alone on a quiet machine: `python benchmarks/first_token.py [answers]`.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from threading import Event

import httpx

from interviewer.interviewing.prompting import prefix_messages
from interviewer.interviewing.voice import MOST_TOKENS
from interviewer.llm.embedded import EmbeddedServer
from interviewer.llm.weights import ensure
from interviewer.services import Services
from interviewer.storage.events import EventStore

ANSWERS = (
    "At my last company the ranking service was slow, about three hundred milliseconds at the median, and the product "
    "people were unhappy. We looked into it for a while and moved the features to a cache, and we rewrote the loader. "
    "In the end it went well and everybody could see it.",
    "I wrote the cache layer and I measured the service before and after with a replay of one day of traffic. A colleague "
    "did the loader. I also talked to the people who run the feature store about how long an entry may live.",
    "It was in the spring of last year, when the sale was coming up and the page had to be faster before it.",
    "We could have bought bigger machines instead, which would have been quicker to do, but the cost would have doubled.",
    "The reason was that every request fetched all features one by one. I found it by looking at the traces of slow ones.",
    "I learned that I should look at traces first, and now I do that before I change anything.",
)


class Stopwatch:
    """Passes a stream on and notes when its first piece came."""

    def __init__(self, model):
        self.model = model
        self.first = 0.0
        self.messages = []
        self.grammar = None

    @property
    def ready(self):
        return self.model.ready

    @property
    def keeps_grammar(self):
        return self.model.keeps_grammar

    def stream(self, messages, **wish):
        self.messages, self.grammar = messages, wish.get("grammar")
        begun = time.perf_counter()
        self.first = 0.0
        for piece in self.model.stream(messages, **wish):
            self.first = self.first or time.perf_counter() - begun
            yield piece


class Raw:
    """The floor: a server of its own, spoken to without any client library."""

    def __init__(self, settings):
        self.server = EmbeddedServer(ensure(settings, lambda *_: None, Event()), "raw", settings)
        self.server.start()
        self.server.wait(120)
        key = {"Authorization": f"Bearer {self.server.api_key}"}
        self.client = httpx.Client(headers=key, timeout=300, trust_env=False)

    def first_token(self, prefix, messages, grammar):
        self._ask(prefix, 1, grammar)
        return self._ask(messages, MOST_TOKENS, grammar)

    def _ask(self, messages, most, grammar):
        body = {
            "messages": [{"role": r, "content": t} for r, t in messages],
            "max_tokens": most,
            "stream": True,
            "temperature": 0.3,
            "cache_prompt": True,
            "id_slot": 0,
            "grammar": grammar,
        }
        begun, first, read = time.perf_counter(), 0.0, 0
        with self.client.stream("POST", f"{self.server.base_url}/chat/completions", json=body) as answer:
            for line in answer.iter_lines():
                if not line.startswith("data: {"):
                    continue
                chunk = json.loads(line[6:])
                if chunk.get("choices") and chunk["choices"][0]["delta"].get("content"):
                    first = first or time.perf_counter() - begun
                read = chunk.get("timings", {}).get("prompt_n", read)
        return first, read


def main(turns):
    services = Services()
    services.warm()
    status = services.model.wait(600)
    if status.state != "ready":
        print(f"the embedded model is not to be had here: {status.detail}")
        return 1
    raw = Raw(services.settings)
    watch = Stopwatch(services.model)
    services.voice.speaker = watch
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        interviews = services.interviews_in(EventStore(f"sqlite:///{scratch}/b.db"), simulated=True)
        interview = interviews.start(services.plan("onsite", "L5", 11, kind="behavioral"), {})
        said = "".join(interviews.start_round(interview))
        for place in range(turns):
            so_far = interviews.so_far(interviews.view(interview))
            prefix = prefix_messages(so_far, services.voice.context_tokens)
            time.sleep(20 if place == 0 else 8)  # a person reads and types; what can be read in beforehand is
            before = services.model.last_usage
            watch.messages, begun, visible = [], time.perf_counter(), 0.0
            for _ in interviews.answer(interview, ANSWERS[place % len(ANSWERS)]):
                visible = visible or time.perf_counter() - begun
            usage = services.model.last_usage
            if watch.messages and (usage is None or usage == before):
                print(
                    f"turn {place}: the line was stopped by the guard before its count came: {services.voice.fallbacks[-1]}"
                )
            elif watch.messages:
                time.sleep(4)  # lets the reading-in after this line end, so that the floor has the machine to itself
                floor, read = raw.first_token(prefix, watch.messages, watch.grammar)
                rows.append((usage.prompt - usage.cached, usage.cached, watch.first, visible, floor, read))
                print(
                    f"turn {place}: read {rows[-1][0]:4} reused {rows[-1][1]:4}  first token {watch.first:.2f} s  "
                    f"first visible text {visible:.2f} s  raw {floor:.2f} s (read {read})"
                )
    services.close()
    raw.server.stop()
    if not rows or not said:
        print("no follow-up was asked of the model")
        return 1
    ours, shown, floor = (statistics.median(r[i] for r in rows) for i in (2, 3, 4))
    print(f"median first token {ours:.2f} s, first visible text {shown:.2f} s, raw {floor:.2f} s")
    print(f"ratio to raw: {ours / floor:.2f} (goal: at most 1.3)")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 12))
