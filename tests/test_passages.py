"""Passages stand under their headings, stay short, break no sentence and lose no word."""

import re
import string

from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.library.documents import from_markdown
from interviewer.library.passages import MAX_WORDS, split, words

LONGEST = MAX_WORDS + 28


def passages_of(markdown, title="Title"):
    return split(from_markdown("doc", title, markdown))


def test_a_passage_stands_under_the_path_of_its_headings():
    found = passages_of(
        "# Title\n\nIntro here.\n\n## Data\n\n" + "Rows are read. " * 12 + "\n\n### Labels\n\n" + "Late. " * 30
    )
    assert [p.heading for p in found] == ["Title", "Data", "Data > Labels"]
    assert [p.id for p in found] == ["guide:doc#0", "guide:doc#1", "guide:doc#2"]


def test_a_criterion_is_cited_with_the_name_of_its_rubric():
    markdown = "# Dive Deep\n\nSummary of it.\n\n## Gets beneath the symptom\n\n" + "Strong is this. " * 12
    found = split(from_markdown("dive_deep", "Dive Deep", markdown, "rubric"))
    assert [p.heading for p in found] == ["Dive Deep", "Dive Deep > Gets beneath the symptom"]


def test_a_long_section_is_split_between_sentences_into_parts_of_like_length():
    sentences = [f"Sentence number {n} has exactly seven words." for n in range(40)]
    found = passages_of("## Long\n\n" + " ".join(sentences))
    assert " ".join(p.text.replace("\n", " ") for p in found) == " ".join(sentences)
    assert all(p.text.endswith("words.") for p in found)
    assert max(words(p.text) for p in found) <= MAX_WORDS


def test_abbreviations_end_no_sentence():
    text = "We tried e.g. Huber loss on it. " * 40
    assert all(p.text.startswith("We tried") for p in passages_of(text))


def test_a_short_tail_joins_the_passage_before_it():
    found = passages_of("## S\n\n" + "word " * 105 + "\n\nA short tail of seven words here.")
    assert len(found) == 1


def test_an_introduction_stays_with_its_list():
    items = "\n".join(f"- item number {n} with five words" for n in range(12))
    found = passages_of("## S\n\n" + "Words before it are many. " * 14 + "\n\nTopics to know:\n\n" + items)
    assert not any(p.text.rstrip().endswith("Topics to know:") for p in found)


def test_nothing_is_said_twice():
    paragraph = "This paragraph stands twice in the page because of its author."
    found = passages_of(f"## A\n\n{paragraph}\n\n## B\n\n{paragraph}\n\nAnd another thing is said here.")
    assert sum(paragraph in p.text for p in found) == 1


def test_small_neighbours_deep_in_a_document_become_one_passage():
    found = passages_of("## Design\n\n### Scale\n\nMany jobs.\n\n### Cost\n\nFew coins.\n\n## Other\n\nWords.")
    assert [p.heading for p in found] == ["Design", "Other"]
    assert found[0].text == "Scale:\nMany jobs.\nCost:\nFew coins."


def test_a_heading_with_nothing_under_it_becomes_text():
    found = passages_of("# Title\n\n## Overfitting and what to do\n\n## Dropout at training time only\n")
    assert found[0].text == "Overfitting and what to do\nDropout at training time only"


def test_marks_that_only_decorate_are_taken_out():
    found = passages_of("See **this** [page](https://example.org/a_(b)) ![chart](x.png).<!-- note -->\n2**3 and 4**5")
    assert found[0].text == "See this page chart. 2**3 and 4**5"


def test_code_and_tables_keep_their_lines():
    found = passages_of("```\n# no heading\ndef f():\n    return 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert found[0].text == "# no heading\ndef f():\n    return 1\na | b\n1 | 2"


def test_a_fence_that_is_never_closed_loses_nothing():
    assert "kept" in passages_of("text\n\n```\nkept\n")[0].text


def test_a_text_without_spaces_is_still_cut():
    found = passages_of("字" * 9000)
    assert sum(p.text.count("字") for p in found) == 9000
    assert max(words(p.text) for p in found) <= LONGEST


def test_nothing_comes_of_nothing():
    assert passages_of("") == []
    assert passages_of("\n\n---\n\n") == []


word = st.text(string.ascii_letters + string.digits, min_size=1, max_size=14)
line = st.lists(word, min_size=1, max_size=60).map(" ".join)
block = st.one_of(line.map(lambda t: t + "."), line.map(lambda t: "- " + t), line.map(lambda t: "## " + t))


@settings(max_examples=60, deadline=None)
@given(st.lists(block, max_size=12))
def test_every_passage_is_short_and_no_word_is_lost_unless_it_was_said_before(blocks):
    found = passages_of("\n\n".join(blocks))
    assert all(words(p.text) <= LONGEST + 60 for p in found)
    shown = " ".join(f"{p.heading} {p.text}" for p in found)
    prose = [b for b in blocks if not b.startswith("#")]
    assert set(re.findall(r"\w+", " ".join(prose))) <= set(re.findall(r"\w+", shown))
