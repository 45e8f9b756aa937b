"""Our own work in a turn: everything between an answer and its follow-up that is neither the model nor the evidence.

The model is the scripted server over real HTTP, which answers at once, and the floor is a bare HTTP client asking it for
the same line. Evidence is read with the real embedder; an answer of 250 words is timed warm, as a story and as a
technical answer. `python benchmarks/turn.py [turns]`.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import httpx

from interviewer.services import Services
from interviewer.settings import Settings
from tests.scripted_server import ScriptedServer

LINE = "What did you do yourself in that?"
STORY = (
    "At my last company our ranking service was slow and the people who run the shop were unhappy with it. "
    "We moved the features to a cache and we rewrote the loader, and I compared the tables before and after. "
    "The latency went from three hundred milliseconds to one hundred and twenty, which the shop could see. "
)
TECHNICAL = (
    "L1 makes some of the weights exactly zero, so it selects features and the model is cheap to serve. "
    "L2 shrinks all of them smoothly and rarely makes one zero, because its pull fades as a weight gets small. "
    "With correlated features the lasso keeps one more or less by chance and ridge shares the weight among them. "
    "I choose the strength by cross-validation after the features have been standardised. "
)


class Timed:
    """Adds up the time spent in the calls of one method."""

    def __init__(self, owner, name):
        self.seconds = 0.0
        self._call = getattr(owner, name)
        setattr(owner, name, self)

    def __call__(self, *args, **kwargs):
        begun = time.perf_counter()
        try:
            return self._call(*args, **kwargs)
        finally:
            self.seconds += time.perf_counter() - begun


class TimedModel:
    """Adds up the time that a line takes to arrive."""

    def __init__(self, model):
        self.model, self.seconds = model, 0.0

    @property
    def ready(self):
        return self.model.ready

    @property
    def keeps_grammar(self):
        return self.model.keeps_grammar

    def stream(self, messages, **wish):
        begun = time.perf_counter()
        pieces = iter(self.model.stream(messages, **wish))
        while True:
            piece = next(pieces, None)
            self.seconds += time.perf_counter() - begun
            if piece is None:
                return
            yield piece
            begun = time.perf_counter()


def of_words(text, words):
    return " ".join((text * (words // len(text.split()) + 1)).split()[:words])


def turns(services, server, count):
    """Seconds of our own work, and of the bare client, for each turn."""
    evidence = Timed(services.readings, "of")
    model = services.voice.speaker = TimedModel(services.model)
    interviews = services.interviews
    own, bare = [], []
    for seed in range(count):
        server.enqueue([f"{word} " for word in LINE.split()], [f"{word} " for word in LINE.split()])
        interview = services.start(services.plan("onsite", "L5", seed, kind="behavioral"))
        list(interviews.start_round(interview))
        evidence.seconds = model.seconds = 0.0
        begun = time.perf_counter()
        list(interviews.answer(interview, of_words(STORY, 120)))
        own.append(time.perf_counter() - begun - evidence.seconds - model.seconds)
        body = {"messages": [{"role": "user", "content": STORY}], "stream": True}
        begun = time.perf_counter()
        with httpx.stream("POST", f"{server.url}/chat/completions", json=body, trust_env=False) as answer:
            list(answer.iter_lines())
        bare.append(time.perf_counter() - begun)
    return own, bare


def reading(services, text, rubric, question, target=None):
    from interviewer.evidence.reader import Reader

    reader = Reader(services.embedder)
    taken = []
    for n in range(12):
        fresh = text.replace(",", f" {n},").replace(
            ".", f" {n}."
        )  # so that no vector of an earlier round is remembered
        begun = time.perf_counter()
        reader.read(fresh, services.bank.rubric(rubric), services.bank.question(question), target)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken[2:])


def main(count):
    server = ScriptedServer()
    with tempfile.TemporaryDirectory() as home:
        os.environ["INTERVIEWER_HOME"] = home
        services = Services(Settings(openai_base_url=server.url, openai_api_key="x", model="scripted"))
        services.model.start()
        services.model.wait(30)
        own, bare = turns(services, server, count)
        mine, floor = statistics.median(own) * 1000, statistics.median(bare) * 1000
        print(f"our own work in a turn: median {mine:.1f} ms (goal: at most 20), worst {max(own) * 1000:.1f} ms")
        print(f"bare HTTP client for the same line: median {floor:.1f} ms; ratio {mine / floor:.2f}")
        story = reading(services, of_words(STORY, 250), "dive_deep", "dive_deep-root-cause") * 1000
        technical = reading(services, of_words(TECHNICAL, 250), "ml_depth", "l1-or-l2") * 1000
        print(f"evidence of 250 words, warm: story {story:.1f} ms, technical {technical:.1f} ms (goal: at most 100)")
        services.close()
    server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40))
