"""The coding room in Chromium against the real app and the real sandbox; see `test_browser` for how."""

import re
import shutil

import pytest

from tests.doubles import HashingEmbedder
from tests.test_browser import (
    CHROMIUM,
    SAID,
    SLOW,
    App,
    awaited,
    box,
    button,
    candidate,
    chromium,
    expect,
    free_port,
    lines,
    opened,
    say,
    skip,
)

__all__ = ["candidate", "chromium"]  # fixtures

pytestmark = [
    pytest.mark.real,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed"),
    pytest.mark.timeout(600),
]
COMPLEXITY = (
    "One pass with constant work per entry, so O(n) time, and O(n) memory for the dictionary in the worst case."
)
KEYS = (  # as they are pressed: the editor has to indent
    "seen = {}\nfor i, entry in enumerate(entries):  # where was its partner: is it known?\n"
    "if target - entry in seen:\nreturn [seen[target - entry], i + 1]\n\b\bseen[entry] = i\n\breturn []"
)
TYPED = """    seen = {}
    for i, entry in enumerate(entries):  # where was its partner: is it known?
        if target - entry in seen:
            return [seen[target - entry], i + 1]
    seen[entry] = i
return []"""


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """One app for all tests that leave it running; each enters an interview of its own."""
    app = App(tmp_path_factory.mktemp("room") / "home", free_port())
    yield app
    app.kill()


def store_interview(home):
    """One more interview in a home, a coding round that begins with two-sum."""
    from interviewer.services import Services
    from interviewer.settings import Settings

    services = Services(Settings(home=home, model="none"), embedder=HashingEmbedder())
    plans = (services.plan("full", "L5", seed, kind="coding") for seed in range(2000))
    plan = next(plan for plan in plans if plan.rounds[0].questions[0].question_id == "two-sum")
    services.interviews.start(plan, services.made_with("none"))
    services.close()


def entered(candidate, app):
    """A tab in the coding room of a new interview, before anything is typed."""
    store_interview(app.home)
    page = opened(candidate, app)
    page.get_by_role("tab", name="History", exact=True).click()
    page.locator("#history-list label").first.wait_for()  # the last one stored stands first, and is chosen
    button(page, "Open").click()
    button(page, "Start next round").click()
    editor(page).wait_for()
    awaited(page)
    return page


def editor(page):
    return page.get_by_role("textbox", name="Your code", exact=True)


def typed(page):
    """What stands in the editor, as the editor itself has it."""
    return page.evaluate("document.querySelector('#editor .cm-content').cmTile.view.state.doc.toString()")


def press(page, keys):
    for key in keys:
        names = {"\n": "Enter", "\b": "Backspace", "\t": "Tab"}
        if key in names:
            page.keyboard.press(names[key])
        else:
            page.keyboard.insert_text(key)


def at_the_end(page):
    editor(page).click()
    page.keyboard.press("Control+End")


def verdict(page, text):
    expect(page.locator(".results .verdict")).to_contain_text(text, timeout=SLOW)
    awaited(page)


def test_a_coding_round_is_played_from_the_first_key_to_the_scorecard(candidate, app):
    page = entered(candidate, app)
    expect(page.locator("#problem")).to_contain_text("Two entries that explain a difference")
    at_the_end(page)
    page.keyboard.press("Enter")
    press(page, KEYS.replace("\b\b", "\b").replace("\n\breturn", "\nreturn"))
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(f"{typed(page).splitlines()[0]}\n{_wrong()}")
    page.keyboard.press("Control+Enter")
    verdict(page, "1 of 3 examples passed.")
    expect(page.locator(".tests .wrong").first).to_contain_text("[2, 3]")
    expect(page.get_by_text("Printed output")).to_be_visible()
    assert lines(page)[-2] == "Ran the code: 1 of 3 examples passed."
    editor(page).get_by_text("i + 1").click()
    page.keyboard.press("End")
    press(page, "\b\b\b\b\b]")
    button(page, "Submit").click()
    verdict(page, re.compile(r"Submitted: (\d+) of \1 tests passed."))
    assert re.search("time and memory|cost|grow|fundamentally better", lines(page)[-1])
    asked = lines(page)[-1]
    say(page, COMPLEXITY)
    said = 0
    while page.locator("#room").is_visible():
        skip(page)
        said += 1
        assert said < 8, "the round does not come to its principle question"
    expect(editor(page)).to_have_count(0)
    say(page, SAID["Behavioural"])
    button(page, "Finish interview").click()
    button(page, "Yes, finish the interview").click()
    page.locator(".scorecard h1").wait_for()
    page.locator(".transcript summary").click()
    transcript = page.locator(".transcript")
    expect(transcript.locator("pre").last).to_contain_text("return [seen[target - entry], i]")
    for words in (asked, COMPLEXITY, SAID["Behavioural"]):
        expect(transcript).to_contain_text(words)


def _wrong():
    return (
        "    seen = {}\n    print('looking')\n    for i, entry in enumerate(entries):\n"
        "        if target - entry in seen:\n            return [seen[target - entry], i + 1]\n"
        "        seen[entry] = i\n    return []"
    )


def test_the_editor_indents_by_four(candidate, app):
    page = entered(candidate, app)
    at_the_end(page)
    first = typed(page)
    page.keyboard.press("Enter")
    press(page, KEYS)
    assert typed(page) == f"{first}\n{TYPED}"
    press(page, "\n\tx")
    assert typed(page).endswith("\n    x")
    page.keyboard.press("Shift+Tab")
    assert typed(page).endswith("\nx")
    page.keyboard.press("Control+a")
    page.keyboard.press("Tab")
    assert all(line.startswith("    ") for line in typed(page).splitlines())
    page.keyboard.press("Control+z")
    assert typed(page).startswith(first)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(button(page, "Run")).to_be_focused()


def boxes(page):
    """Where the parts of the room lie on the page."""
    parts = ("#problem", "#editor", ".results", "#chat", "#composer", "#handing-in")
    return {name: page.locator(name).evaluate(PLACED) for name in parts}


PLACED = "e => { const r = e.getBoundingClientRect(); return {top: r.top + scrollY, bottom: r.bottom + scrollY, left: r.left} }"


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1440, 900), (390, 844)])
def test_statement_editor_and_results_have_room_at_once(candidate, app, width, height):
    page = entered(candidate, app)
    at_the_end(page)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(f"def solve(entries, target):\n{_wrong()}")
    button(page, "Submit").click()
    verdict(page, "Submitted:")
    expect(page.locator(".results")).to_contain_text("Your only function is called solve")
    page.set_viewport_size({"width": width, "height": height})
    at = boxes(page)
    tall = {name: box["bottom"] - box["top"] for name, box in at.items()}
    assert tall["#problem"] >= 180
    assert tall["#editor"] >= 240
    assert tall[".results"] >= 200
    assert tall["#chat"] >= 160
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if width > 900:
        assert max(box["bottom"] for box in at.values()) <= height
        assert at["#problem"]["left"] == at["#chat"]["left"] < at["#editor"]["left"] == at[".results"]["left"]
    else:
        order = ["#problem", "#editor", "#handing-in", ".results", "#chat", "#composer"]
        assert sorted(at, key=lambda name: at[name]["top"]) == order
        assert at["#chat"]["top"] - at[".results"]["bottom"] < 40


def test_a_killed_server_loses_nothing_older_than_five_seconds(candidate, tmp_path):
    app = App(tmp_path / "home", free_port())
    try:
        page = entered(candidate, app)
        at_the_end(page)
        press(page, "\n# the first idea\nseen = {}\nfor entry in entries:\n")
        before = typed(page)
        page.wait_for_timeout(5_000)  # the promise itself
        app.kill()
        page.close()
        app = App(app.home, app.port)
        page = opened(candidate, app)
        editor(page).wait_for()
        awaited(page)
        assert typed(page) == before
        assert before.endswith("entries:\n        ")
    finally:
        app.kill()


def test_what_is_being_typed_is_left_alone_by_a_reply(candidate, app):
    page = entered(candidate, app)
    say(page, "Can the list be empty?")
    at_the_end(page)
    press(page, "\nx = 1")
    box(page).fill("I would keep what I have seen in a dictionary.")
    box(page).press("Control+Enter")
    at_the_end(page)
    press(page, "\ny = 2")
    awaited(page)
    expect(page.locator("#saved .note:not(.dirty)")).to_have_text("Saved")
    assert typed(page).endswith("x = 1\n    y = 2")
    page.reload()
    editor(page).wait_for()
    assert typed(page).endswith("x = 1\n    y = 2")


def test_two_tabs_do_not_write_over_each_other_by_standing_open(candidate, app):
    first = entered(candidate, app)
    before = typed(first)
    second = opened(candidate, app)
    editor(second).wait_for()
    at_the_end(second)
    press(second, "\nmine = 1")
    saved = second.locator("#saved .note:not(.dirty)")
    expect(saved).to_have_attribute("data-length", str(len(typed(second))))  # a look may fall between two keys
    expect(saved).to_have_text("Saved")
    first.wait_for_timeout(3_500)  # one look of the first tab at its own editor
    assert typed(first) == before  # nor through what the browser keeps for both
    second.reload()
    editor(second).wait_for()
    expect(editor(second)).to_contain_text("mine = 1")
    assert typed(second).endswith("mine = 1")


def test_what_is_typed_while_the_server_is_away_waits_in_the_browser(candidate, tmp_path):
    app = App(tmp_path / "home", free_port())
    try:
        page = entered(candidate, app)
        at_the_end(page)
        press(page, "\nseen = {}")
        expect(page.locator("#saved .note:not(.dirty)")).to_have_text("Saved")
        app.kill()
        press(page, "\nlate = True")
        before = typed(page)
        page.wait_for_function("localStorage.getItem('interviewer-code').includes('late = True')")
        page.close()
        app = App(app.home, app.port)
        page = opened(candidate, app)
        editor(page).wait_for()
        page.wait_for_function("document.querySelector('#editor .cm-content').innerText.includes('late = True')")
        assert typed(page) == before
        expect(page.locator("#saved .note:not(.dirty)")).to_have_text("Saved")
    finally:
        app.kill()
