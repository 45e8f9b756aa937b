"""Twenty candidates of one bootcamp submit at the same moment, over HTTP, to the real app and the real sandbox."""

import json
import os
import shutil
import threading
import time
from pathlib import Path

import httpx
import pytest

from interviewer.domain.coding import examined
from interviewer.services import Services
from interviewer.settings import Settings
from tests.doubles import HashingEmbedder
from tests.test_browser import App, free_port

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed"),
    pytest.mark.timeout(300),
]
CANDIDATES = 20
LOOPS = 7  # the place of the one who never comes to an end
LONGEST_WAIT = 5.0  # seconds; on a slow machine as long as all would take one after the other
RIGHT = """
    seen = {}
    for i, entry in enumerate(entries):
        if target - entry in seen:
            return [seen[target - entry], i]
        seen[entry] = i
    return []
"""
WRONG = "\n    return [2, 3]\n"
ENDLESS = "\n    while True:\n        pass\n"


def code(place):
    """Every third is wrong, and each prints who it is."""
    body = ENDLESS if place == LOOPS else WRONG if place % 3 == 0 else RIGHT
    return f"print('candidate', {place})\n\ndef two_sum(entries, target):{body}"


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Where the app and its sandboxes put what they need for a moment."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def interviews(tmp_path):
    """Twenty interviews and one more, each with the same problem put."""
    services = Services(Settings(home=tmp_path / "home", model="none"), embedder=HashingEmbedder())
    plans = (services.plan("full", "L5", seed, kind="coding") for seed in range(2000))
    plan = next(plan for plan in plans if plan.rounds[0].questions[0].question_id == "two-sum")
    begun = [services.interviews.start(plan, services.made_with("none")) for _ in range(CANDIDATES + 1)]
    for interview in begun:
        list(services.interviews.start_round(interview))
    services.close()
    return begun


@pytest.fixture
def app(interviews, temporary, tmp_path):
    app = App(tmp_path / "home", free_port())
    yield app
    app.kill()


class Submit:
    """The page's Submit button as a browser presses it: joins the queue, then follows what comes back."""

    def __init__(self, app):
        self.client = httpx.Client(base_url=app.url, trust_env=False, timeout=120)
        config = self.client.get("/config").json()
        self.prefix = config.get("api_prefix", "")
        button = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "submit")
        clicked = next(d for d in config["dependencies"] if [button, "click"] in map(list, d["targets"]))
        self.function = clicked["id"]

    def press(self, place, interview):
        """Seconds until the candidate sees what came of the code, and until the interviewer has replied."""
        session = f"candidate{place}"
        begin = time.monotonic()
        sent = [interview, code(place), None, f"{interview}/1/two-sum"]
        joined = {"data": sent, "fn_index": self.function, "session_hash": session, "event_data": None}
        self.client.post(f"{self.prefix}/queue/join", json=joined).raise_for_status()
        seen, mine = None, "too slow" if place == LOOPS else f"candidate {place}\\n"
        with self.client.stream("GET", f"{self.prefix}/queue/data", params={"session_hash": session}) as events:
            for line in events.iter_lines():
                if seen is None and mine in line:
                    seen = time.monotonic() - begin
                if line.startswith("data:") and json.loads(line[5:])["msg"] == "process_completed":
                    return seen, time.monotonic() - begin
        raise AssertionError(f"candidate {place} was left without an answer")


def settled(pid):
    """Until an app that has just started has read its library in, and is at rest."""
    busy = float("inf")
    while busy > 0.2:
        before = seconds_of_work(pid)
        time.sleep(1)
        busy = seconds_of_work(pid) - before


def seconds_of_work(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def descendants(pid):
    """The processes below one, as the kernel tells."""
    found = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            found += [int(child), *descendants(int(child))]
    return found


def results(tmp_path, interviews):
    services = Services(Settings(home=tmp_path / "home", model="none"), embedder=HashingEmbedder())
    turns = [services.interviews.view(i).rounds[0].turns for i in interviews]
    services.close()
    return [next(r for r in map(examined, reversed(said)) if r is not None) for said in turns]


def test_each_of_twenty_who_submit_at_once_gets_their_own_result(app, interviews, temporary, tmp_path):
    submit = Submit(app)
    alone, _ = submit.press(CANDIDATES, interviews.pop())
    settled(app.process.pid)
    before = set(descendants(app.process.pid))
    waited = [(None, 0.0)] * CANDIDATES
    together = threading.Barrier(CANDIDATES)

    def candidate(place):
        together.wait()
        waited[place] = submit.press(place, interviews[place])

    threads = [threading.Thread(target=candidate, args=(n,)) for n in range(CANDIDATES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(200)
    for place, result in enumerate(results(tmp_path, interviews)):
        assert place == LOOPS or result.printed.strip() == f"candidate {place}"
        assert result.passed == (place != LOOPS and place % 3 != 0)
        assert (result.tests[0].verdict == "timed_out") == (place == LOOPS)
        assert waited[place][0] is not None, f"candidate {place} was not shown a result"
    assert set(descendants(app.process.pid)) <= before
    assert [left for left in temporary.rglob("*") if not left.is_dir()] == []
    others = [seen for place, (seen, _) in enumerate(waited) if place != LOOPS]
    print(
        f"\nseconds to the result: {sorted(round(s, 1) for s in others)}, the endless one {waited[LOOPS][0]:.1f}, alone {alone:.1f}"
    )
    assert max(others) <= max(LONGEST_WAIT, CANDIDATES * alone)
