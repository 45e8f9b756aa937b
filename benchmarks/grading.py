"""How long a five-round transcript takes to grade, and how long one answer takes to read.

The floor is the embedder alone on the same answers, cut up the same way: whatever reads by meaning pays at least that.
The transcript is played by the scripted candidate without a model; everything is timed warm, with the readings
forgotten before each run. `python benchmarks/grading.py [runs]`.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from interviewer.evidence.meaning import units_of
from interviewer.evidence.readings import Readings
from interviewer.services import Services
from interviewer.settings import Settings
from interviewer.simulation.candidate import ScriptedCandidate, read_candidate
from interviewer.simulation.run import play
from interviewer.storage.events import EventStore

CANDIDATE = Path(__file__).parent.parent / "tests" / "data" / "candidates" / "strong_l5.yaml"


def played(services, folder):
    store = EventStore(f"sqlite:///{folder}/played.db")
    interviews = services.interviews_in(store, simulated=True)
    plan = services.plan("onsite", "L5", 7)
    identifier = interviews.start(plan, services.made_with())
    transcript = play(interviews, identifier, ScriptedCandidate(read_candidate(CANDIDATE))).transcript()
    store.close()
    return transcript


def timed(call, runs, before=lambda: None):
    seconds = []
    for _ in range(runs):
        before()
        begun = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds), max(seconds)


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        services = Services(Settings(home=Path(folder), model="none"))
        transcript = played(services, folder)
        answers = [t.text for r in transcript.rounds for t in r.turns if t.speaker == "candidate"]
        embedder = services.embedder
        services.grade(transcript)

        def forget():
            embedder.forget()
            services.readings._kept.clear()

        floor, _ = timed(lambda: [embedder.embed([u.text for u in units_of(a)]) for a in answers], runs, forget)
        median, worst = timed(lambda: services.grade(transcript), runs, forget)
        print(
            f"{len(transcript.rounds)} rounds, {len(answers)} answers: graded in {median:.2f} s (worst {worst:.2f} s)"
        )
        print(f"the embedder alone on the same answers: {floor:.2f} s; ratio {median / floor:.2f}")
        _answers(services, transcript, runs)
        services.close()


def _answers(services, transcript, runs):
    """One answer of each kind at 250 words."""
    reader = Readings(services.bank, services.readings._reader)
    for name, question_id in (("story", "dive_deep-root-cause"), ("technical", "l1-or-l2")):
        question = services.bank.question(question_id)
        rubric = services.bank.rubric(question.rubric)
        said = " ".join(t.text for r in transcript.rounds for t in r.turns if t.speaker == "candidate")
        text = " ".join(said.split()[:250])

        def read(text=text, rubric=rubric, question=question):
            reader.read(text, rubric, question, None)

        def forget():
            services.embedder.forget()
            reader._kept.clear()

        read()
        median, worst = timed(read, runs * 4, forget)
        print(f"one {name} answer of 250 words: {median * 1000:.1f} ms (worst {worst * 1000:.1f} ms)")


if __name__ == "__main__":
    main()
