"""Which sandbox a machine gets, and what is said where there is none. Needs no bubblewrap."""

import struct

import pytest

from interviewer.coding import sandbox as sandboxes
from interviewer.coding import seccomp
from interviewer.coding.examiner import Examiner
from interviewer.coding.oracle import Oracle
from interviewer.coding.sandbox import Unconfined, sandbox_for
from interviewer.errors import SandboxUnavailable
from tests.boxes import RIGHT, problem


def test_without_bubblewrap_nothing_runs(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxUnavailable, match="apt install bubblewrap"):
        sandboxes.sandbox_for("", False)


def test_no_sandbox_is_for_ones_own_machine(tmp_path):
    with pytest.raises(SandboxUnavailable, match="served to others"):
        sandbox_for("none", True)
    assert isinstance(sandbox_for("none", False), Unconfined)
    assert Examiner(lambda: sandbox_for("none", False), Oracle(lambda _: tmp_path), 1).submit(problem(), RIGHT).passed


def test_the_settings_choice_is_for_all_who_run_code(monkeypatch, tmp_path):
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho bwrap: setting up uid map: Permission denied >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(
        SandboxUnavailable, match=r"does not work here .*Permission denied.*unprivileged user namespaces"
    ):
        sandbox_for("", False)


def test_a_processor_without_a_filter_runs_nothing(monkeypatch, tmp_path):
    (tmp_path / "bwrap").write_text("")
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(seccomp.platform, "machine", lambda: "riscv64")
    with pytest.raises(SandboxUnavailable, match="no filter for the processor"):
        sandbox_for("", False)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_filters_are_whole_and_end_in_a_verdict(machine):
    for program in (seccomp.program(machine), seccomp.seal(machine)):
        lines = list(struct.iter_unpack("=HBBI", program))
        assert len(lines) < 4096
        assert lines[-1][0] == 0x06
        for at, (code, yes, no, _) in enumerate(lines):
            assert code & 0x07 != 0x05 or at + 1 + max(yes, no) < len(lines)
