"""What is installed: the wheel carries its rubrics and corpus, and the pinned versions fit what pyproject asks for."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent


def test_the_constraints_pin_every_direct_dependency_within_its_bounds():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if line and not line.startswith("#")]
    pins = {canonicalize_name(Requirement(line).name): Requirement(line) for line in lines}
    for text in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        wanted = Requirement(text)
        pinned = next(iter(pins[canonicalize_name(wanted.name)].specifier)).version
        assert wanted.specifier.contains(pinned), f"constraints.txt pins {wanted.name} {pinned}, pyproject asks {text}"
        assert any(s.operator == ">=" for s in wanted.specifier), f"{text} has no lower bound"


def test_the_constraints_name_no_index_and_no_local_version():
    text = (ROOT / "constraints.txt").read_text()
    assert "://" not in text
    assert "+cpu" not in text


@pytest.mark.real
def test_the_wheel_works_in_another_folder(tmp_path):
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT], check=True)
    wheel = next(tmp_path.glob("interviewer-*.whl"))
    site = tmp_path / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", site, wheel], check=True)
    transcript = {
        "version": 1,
        "level": "L5",
        "rounds": [
            {
                "kind": "behavioral",
                "turns": [
                    {"speaker": "interviewer", "text": "Tell me.", "move": "ask", "principle": "dive_deep"},
                    {"speaker": "candidate", "text": "We moved it to a cache and we rewrote the loader."},
                ],
            }
        ],
    }
    (tmp_path / "t.json").write_text(json.dumps(transcript))
    environment = {
        **os.environ,
        "PYTHONPATH": str(site),
        "INTERVIEWER_HOME": str(tmp_path / "home"),
        "INTERVIEWER_MODEL": "none",
    }
    where = "import interviewer, interviewer.content.place as p; print(interviewer.__file__, p.shipped())"
    for command in ([sys.executable, "-c", where], [site / "bin/interviewer", "probe", "t.json", "--json"]):
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr
        assert str(ROOT) not in done.stdout
    assert json.loads(done.stdout)["move"] == "probe"
