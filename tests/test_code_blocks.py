"""Code among what is said: found, set apart, and its comments heard."""

from interviewer.evidence.code_blocks import code_blocks, fenced, last_code, only_code, without_code
from interviewer.evidence.intents import intent


def test_code_is_found_whatever_it_holds():
    awkward = 'x = """\n```\nnot the end\n```\n"""'
    text = f"Here it is:\n{fenced(awkward)}\nDone."
    assert last_code(text).code.rstrip() == awkward
    assert without_code(text).split() == ["Here", "it", "is:", "Done."]
    assert only_code(fenced("x = 1"))
    assert intent(fenced("skip")) == "answer"
    assert [b.language for b in code_blocks("~~~java\nint x;\n~~~")] == ["java"]


def test_comments_stay_where_they_stand():
    text = fenced("def f(x):\n    # keep the window small\n    s = '# no comment'  # noqa\n    return x  # the end")
    kept = without_code(text, comments=True)
    assert len(kept) == len(text)
    assert " ".join(kept.split()) == "keep the window small the end"
    assert text[kept.index("keep") :].startswith("keep the window small")
