"""What a reviewer would remark on in code that was handed in."""

import pytest

from interviewer.content.bank import load
from interviewer.content.place import shipped
from interviewer.evidence.readable_code import remarks


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("def f(x):\n    print(x)\n    return x", "print left in"),
        ("def f(x):\n    y = 1\n    return x", "unused variable"),
        ("import re\ndef f(x):\n    return x", "unused import"),
        ("def f(x):\n    # y = x + 1\n    return x", "code in a comment"),
        ("def f(x, seen=[]):\n    return x", "shared default"),
        ("def f(x):\n    try:\n        return x()\n    except:\n        pass", "swallowed error"),
        ("def f(x):\n    if x > 1:\n        return True\n    else:\n        return False", "roundabout condition"),
        ("def f(x):\n    a = x\n    a += 1\n    g(a)\n    h(a)\n    a = x\n    a += 1\n    g(a)\n    return a", "repeated lines"),
        ("def f(x):\n" + "    x += 1\n" * 45 + "    return x", "long function"),
    ],
)  # fmt: skip
def test_what_a_reviewer_would_remark_on(code, kind):
    assert kind in [r.kind for r in remarks(code)]


def test_the_shipped_solutions_read_well():
    folder = load().problems
    for problem in folder:
        path = shipped() / "corpus" / "problems" / problem / "solutions" / "fast.py"
        assert remarks(path.read_text(encoding="utf-8")) == (), problem
