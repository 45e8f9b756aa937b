"""The page in Chromium against the real app in a process of its own. What it says is tested without a browser too.

Nobody sleeps here: every step waits for what a candidate would wait for. No request may leave this machine.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
SLOW = 120_000  # milliseconds: the first answer waits for the embedder, and other tests may share the machine

pytestmark = [
    pytest.mark.real,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
    pytest.mark.timeout(600),
]

SAID = {
    "Coding": "I would ask how long the input gets and whether it can be empty. Brute force is two nested loops, O(n^2); "
    "one pass with a hash map is O(n) time and O(n) memory.\n\n```python\ndef solve(nums):\n    seen = {}\n"
    "    return seen\n```\n\nI would test an empty list, one element and duplicates.",
    "ML depth": "L1 pushes weights to exactly zero because its pull does not shrink with the weight; L2 shrinks all of "
    "them. I choose by cross-validation, and with correlated features L1 keeps one of them more or less at random.",
    "ML system design": "First the constraints: 200 ms at the 95th percentile, ten million users, clicks as labels which "
    "come an hour late. I log features at serving time, so that training sees the same. Two stages: retrieval, then "
    "ranking with boosted trees. I ship behind an A/B test and watch drift, with popularity as the fallback.",
    "Hiring manager": "Last year I built our fraud ranking alone, from labels to serving. The baseline was a rule list. I "
    "cut false alarms from 9 to 4 percent over six months and I would monitor labels earlier next time.",
    "Behavioural": "In March our weekly report showed a drop of 12 percent in one segment. I compared row counts at every "
    "step, found that a join dropped new sellers, and fixed it myself. The error went from 12 to 1 percent.",
}
MARKUP = (
    '<script>alert("a")</script> <img src=x onerror=alert(1)> **bold** [link](javascript:alert(2)) ${alert(3)} {{7*7}}'
)


class App:
    """`python app.py` on a free port; `kill` ends it as a crash would."""

    def __init__(self, home, port):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("INTERVIEWER_", "OPENAI_", "GRADIO_"))}
        env |= {"INTERVIEWER_HOME": str(home), "INTERVIEWER_MODEL": "none", "INTERVIEWER_PORT": str(port)}
        env |= {"BROWSER": "true", "PYTHONUNBUFFERED": "1"}
        self.home, self.port = home, port
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        printed = []
        for line in self.process.stdout:
            printed.append(line)
            if self.url in line:
                return
        raise AssertionError(f"the app did not start: {''.join(printed)}")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    app = App(tmp_path_factory.mktemp("home"), free_port())
    yield app
    app.kill()


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def candidate(chromium):
    """One candidate's browser: its tabs share what the browser keeps. Fails the test for what no page of ours may do."""
    context = chromium.new_context(viewport={"width": 1280, "height": 860}, locale="de-DE")
    context.set_default_timeout(SLOW)
    outside, dialogs, faults = [], [], []
    context.on("request", lambda r: outside.append(r.url) if not r.url.startswith(local()) else None)
    context.on("dialog", lambda d: (dialogs.append(d.message), d.dismiss()))
    context.on("weberror", lambda e: faults.append(str(e.error)))
    yield context
    context.close()
    assert not outside, f"requests left this machine: {outside}"
    assert not dialogs, f"dialogs appeared: {dialogs}"
    assert not faults, f"scripts failed: {faults}"


def local():
    return ("http://127.0.0.1:", "data:", "blob:http://127.0.0.1:")


def opened(candidate, app):
    page = candidate.new_page()
    page.goto(app.url)
    return page


def start(page, loop, seed="11"):
    page.get_by_role("radio", name=re.compile(f"^{loop}")).check()
    page.get_by_role("button", name="Advanced: rounds, pace and seed").click()
    page.get_by_label("Seed", exact=True).fill(seed)
    page.get_by_role("button", name="Start the interview", exact=True).click()
    awaited(page)


def awaited(page):
    """Until the candidate has the floor, or a button that leads on stands there."""
    page.locator("#send:not([disabled]), .next button").first.wait_for()


def box(page):
    return page.get_by_label("Your answer", exact=True)


def say(page, text):
    """Send an answer with the keyboard and wait for the interviewer's line."""
    box(page).fill(text)
    box(page).press("Control+Enter")
    page.locator(".next button").or_(page.locator("#answer textarea:placeholder-shown")).first.wait_for()
    awaited(page)


def skip(page):
    """Skip the question and wait for what follows."""
    before = len(lines(page))
    button(page, "Skip").click()
    page.wait_for_function("n => document.querySelectorAll('#chat .message-content').length > n", arg=before + 1)
    awaited(page)


def next_round(page):
    button(page, "Start next round").click()
    expect(button(page, "Start next round")).to_be_hidden(timeout=SLOW)
    awaited(page)


def lines(page):
    return page.locator("#chat .message-content").all_inner_texts()


def kind(page):
    return page.locator(".what strong").inner_text()


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def test_an_express_loop_is_played_to_the_scorecard_with_a_reload_in_the_middle(candidate, app):
    page = opened(candidate, app)
    start(page, "Express")
    answers, reloaded = 0, False
    while not button(page, "See the scorecard").is_visible():
        if button(page, "Start next round").is_visible():
            next_round(page)
            continue
        if len(lines(page)) > 6 and page.locator("#room").is_visible():
            skip(page)  # code that does not run is met with silence in the end
        else:
            say(page, SAID[kind(page)])
        answers += 1
        if answers == 4:
            before, clock = lines(page), page.locator(".what").inner_text()
            page.reload()
            awaited(page)
            assert lines(page) == before
            assert page.locator(".what").inner_text() == clock
            reloaded = True
        assert answers < 60, "the loop does not come to an end"
    assert reloaded
    button(page, "See the scorecard").click()
    expect(page.locator(".scorecard h1")).to_have_text(re.compile("Inclined to hire|Not inclined to hire|No decision"))
    expect(page.locator(".scorecard table tbody tr")).to_have_count(5)
    assert page.locator(".scorecard blockquote").count() > 3
    with page.expect_download() as waiting:
        button(page, "Download as JSON").click()
    card = json.loads(Path(waiting.value.path()).read_text())
    assert [r["kind"] for r in card["rounds"]] == [
        "coding",
        "ml_depth",
        "ml_system_design",
        "hiring_manager",
        "behavioral",
    ]
    page.reload()
    expect(page.locator(".scorecard table tbody tr")).to_have_count(5)


def test_a_tab_that_lags_behind_keeps_its_text_and_is_told(candidate, app):
    first = opened(candidate, app)
    start(first, "Drill")
    mine = "Last spring I found the fault in the loader myself; this text was written in the first tab."
    box(first).fill(mine)
    second = opened(candidate, app)
    awaited(second)
    assert lines(second) == lines(first)
    theirs = "Last year I rebuilt our feature store; this text was written in the second tab."
    say(second, theirs)
    button(first, "Send").click()
    expect(first.get_by_text("gone on in another tab").first).to_be_visible()
    expect(box(first)).to_have_value(mine)
    assert theirs in lines(first)
    assert mine not in lines(first)
    say(first, mine)
    assert mine in lines(first)


def test_markup_in_an_answer_is_text_everywhere(candidate, app):
    page = opened(candidate, app)
    start(page, "Drill")
    say(page, MARKUP)
    say(page, f"```html\n{MARKUP}\n```")
    assert MARKUP in lines(page)
    assert any(MARKUP in line for line in lines(page) if line != MARKUP)
    button(page, "Finish interview").click()
    button(page, "Yes, finish the interview").click()
    page.locator(".scorecard h1").wait_for()
    page.locator("a.turn").first.or_(page.locator(".transcript summary")).first.click()
    expect(page.locator(".transcript .words").nth(1)).to_be_visible()
    expect(page.locator(".transcript .words").nth(1)).to_have_text(MARKUP)
    assert page.locator("img[src='x']").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0


def test_an_unsent_answer_survives_a_reload(candidate, app):
    page = opened(candidate, app)
    start(page, "Drill")
    draft = "In March I was on call when\nthe second line of a draft"
    box(page).press_sequentially(draft.replace("\n", " "))
    page.reload()
    expect(box(page)).to_have_value(draft.replace("\n", " "))


def test_a_killed_server_goes_on_where_it_stood(candidate, tmp_path):
    app = App(tmp_path / "home", free_port())
    try:
        page = opened(candidate, app)
        start(page, "Drill")
        say(page, SAID["Behavioural"])
        before = lines(page)
        app.kill()
        page.close()  # it would load itself anew
        app = App(app.home, app.port)
        page = opened(candidate, app)
        awaited(page)
        assert lines(page) == before
        say(page, "I wrote the check myself, and we run it before every release now.")
        assert lines(page)[: len(before)] == before
    finally:
        app.kill()


def test_history_opens_and_deletes(candidate, app):
    page = opened(candidate, app)
    start(page, "Drill")
    say(page, SAID["Behavioural"])
    before = lines(page)
    button(page, "Leave for now").click()
    button(page, "Start the interview").wait_for()
    page.get_by_role("tab", name="History", exact=True).click()
    stored = page.get_by_role("radiogroup").or_(page.locator("#history-list"))
    page.locator("#history-list label").first.wait_for()
    count = page.locator("#history-list label").count()
    button(page, "Open").click()
    awaited(page)
    assert lines(page) == before
    page.get_by_role("tab", name="History", exact=True).click()
    page.locator("#history-list label").first.wait_for()
    button(page, "Delete").click()
    button(page, "Yes, delete it").click()
    if count > 1:
        expect(page.locator("#history-list label")).to_have_count(count - 1)
    else:
        expect(stored).to_have_count(0)


def test_the_library_takes_finds_and_forgets_a_document(candidate, app, tmp_path):
    note = tmp_path / "my-notes.md"
    note.write_text("# Kestrel notes\n\nThe kestrel cache keeps embeddings of sellers for forty minutes.\n")
    page = opened(candidate, app)
    page.get_by_role("tab", name="Library", exact=True).click()
    page.locator("input[type=file]").set_input_files(note)
    page.get_by_text(re.compile(r"\d\s*B\b")).wait_for()  # the size stands there once the file has arrived
    button(page, "Add to the library").click()
    page.locator(".reports").get_by_text("my-notes.md: 1 passages added").wait_for()
    page.get_by_label("Ask the library", exact=True).fill("how long does the kestrel cache keep seller embeddings")
    button(page, "Search").click()
    expect(page.locator(".passages li").first).to_contain_text("my-notes.md")
    page.get_by_role("radio", name=re.compile("my-notes.md")).check()
    button(page, "Remove this document").click()
    page.get_by_text("my-notes.md is removed").wait_for()
