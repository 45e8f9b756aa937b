"""The user's files become documents with their headings, or one sentence about what is wrong."""

import io
import zipfile

import pytest

from interviewer.errors import BadInput
from interviewer.library.documents import Passage, from_markdown
from interviewer.library.readers import MAX_BYTES, read
from interviewer.library.readers.boilerplate import without_boilerplate
from interviewer.library.readers.headings import with_headings
from interviewer.library.readers.wrapping import unwrapped
from tests.papers import docx, pdf


@pytest.fixture
def text_of(tmp_path):
    def write_and_read(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read(path)

    return write_and_read


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name.replace("__", "/"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"  \n ", "is empty"),
        ("empty.pdf", b"", "is empty"),
        ("notes.odt", b"text", "'.odt' are not read"),
        ("notes", b"text", "without an ending"),
        ("junk.txt", bytes(range(256)) * 20, "no text"),
        ("junk.md", b"\x00\x01\x02\x03" * 300, "no text"),
        ("cut.txt", b"\xff\xfeh\x00\xd8", "damaged UTF-16"),
        ("only.md", "🙂 🙂 ---", "no text was found"),
        ("really.txt", pdf([(12, "hello")]), "holds PDF; rename it to end in .pdf"),
        ("really.docx", pdf([(12, "hello")]), "holds PDF"),
        ("page.txt", "<!DOCTYPE html><p>hello</p>", "rename it to end in .html"),
        ("really.pdf", b"just words", "is called .pdf but is none"),
        ("really2.docx", b"just words", "is called .docx but is none"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "without a password"),
        ("cut.pdf", pdf([(12, "hello")])[:150], "damaged"),
        ("blank.pdf", pdf([]), "holds no text"),
        ("locked.pdf", pdf([(12, "hello")], password="secret"), "protected by a password"),
        ("cut.docx", docx(("Normal", "hello"))[:2000], "damaged or cut off"),
        ("zip.docx", zipped(readme="hello"), "no Word file"),
        ("broken.docx", zipped(word__document_xml="<not xml"), "no Word file"),
        ("broken2.docx", zipped(**{"word/document.xml": "<not xml"}), "could not be read as a Word file"),
        ("empty.html", "<html><script>var hidden = 1</script></html>", "no text was found"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence_that_names_it(text_of, name, data, says):
    with pytest.raises(BadInput) as refusal:
        text_of(name, data)
    assert name in str(refusal.value)
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadInput, match="there is no such file"):
        read(tmp_path / "gone.txt")


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as out:
        out.truncate(MAX_BYTES + 1)
    with pytest.raises(BadInput, match="50 MB is the limit"):
        read(path)


def test_a_word_file_that_unpacks_to_too_much_is_refused(text_of, monkeypatch):
    monkeypatch.setattr("interviewer.library.readers.word.MAX_UNPACKED", 1000)
    with pytest.raises(BadInput, match="unpacks to more"):
        text_of("bomb.docx", docx(("Normal", "hello")))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("naïve café".encode(), "naïve café"),
        ("naïve café".encode("utf-8-sig"), "naïve café"),
        ("naïve café".encode("utf-16"), "naïve café"),
        ("naïve “café”".encode("cp1252"), "naïve “café”"),
        (b"one\r\ntwo", "one\n\ntwo"),
    ],
)
def test_text_is_decoded_whatever_wrote_it(text_of, data, expected):
    assert text_of("notes.txt", data).text == expected + "\n"


def test_markdown_keeps_its_headings_and_loses_its_front_matter(text_of):
    document = text_of("notes.md", "---\ntags: [x]\n---\n# My notes\n\n## Skew\n\nTraining differs from serving.\n")
    assert document.title == "My notes"
    assert document.text.startswith("# My notes")
    assert (document.source, document.kind) == ("notes.md", "user")


def test_html_keeps_headings_lists_tables_and_code_and_drops_the_page_around_them(text_of):
    page = """<html><head><title>Tab</title><style>p{}</style></head><body><nav>Home Pricing</nav>
    <h1>Boosting</h1><p>Each tree fits\n the <b>errors</b>.</p><script>alert(1)</script><h2>Settings</h2>
    <ul><li>depth</li><li>rate</li></ul><table><tr><th>a</th><th>b</th></tr></table>
    <pre>for t in trees:\n    fit(t)</pre><div hidden>secret</div><footer>Privacy Policy</footer></body></html>"""
    document = text_of("page.html", page)
    assert document.title == "Boosting"
    lines = [line for line in document.text.split("\n") if line]
    assert lines == [
        "# Boosting", "Each tree fits the errors.", "## Settings", "- depth", "- rate", "| a | b |",
        "```", "for t in trees:", "    fit(t)", "```",
    ]  # fmt: skip


def test_html_is_read_in_the_encoding_that_it_declares(text_of):
    page = '<html><meta charset="iso-8859-1"><p>caf\xe9 and more words</p></html>'.encode("latin-1")
    assert "café" in text_of("page.html", page).text


def test_word_keeps_headings_lists_and_tables(text_of):
    document = text_of(
        "story.docx",
        docx(("Title", "My stories"), ("Heading 1", "The outage"), ("Normal", "I traced it."), ("List Bullet", "one")),
    )
    assert document.title == "My stories"
    assert document.text == "# My stories\n\n## The outage\n\nI traced it.\n\n- one\n"


def test_word_tables_and_bold_labels_are_kept(text_of, tmp_path):
    import docx as word

    document = word.Document()
    document.add_paragraph().add_run("My part in it").bold = True
    document.add_paragraph("I wrote the alarm.")
    document.add_table(rows=1, cols=2).rows[0].cells[1].text = "12 %"
    document.save(tmp_path / "t.docx")
    assert read(tmp_path / "t.docx").text == "### My part in it\n\nI wrote the alarm.\n\n|  | 12 % |\n"


def test_pdf_headings_are_known_by_the_size_of_their_letters(text_of):
    document = text_of(
        "paper.pdf",
        pdf([(24, "Feature stores"), (16, "Why"), (11, "Features that are computed twice drift apart, which nobody"),
             (11, "notices until the model is wrong."), (16, "How"), (11, "One definition serves both.")]),
    )  # fmt: skip
    assert document.title == "Feature stores"
    assert [line for line in document.text.split("\n") if line] == [
        "# Feature stores",
        "## Why",
        "Features that are computed twice drift apart, which nobody notices until the model is wrong.",
        "## How",
        "One definition serves both.",
    ]


def test_pdf_page_numbers_and_running_heads_are_dropped(text_of):
    bodies = ["Alpha is first to be said here.", "Beta is what comes after it now.", "Gamma ends the paper at last."]
    pages = [[(9, "Journal of Drift"), (11, body), (11, "More."), (11, "Words."), (9, f"{n + 1}")]
             for n, body in enumerate(bodies)]  # fmt: skip
    text = text_of("paper.pdf", pdf(*pages)).text
    assert "Journal" not in text
    assert not any(line.strip("# ").isdigit() for line in text.split("\n"))
    assert all(body in text for body in bodies)


def test_pdf_with_an_empty_password_opens(text_of):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([(11, "Open to all readers.")]))))
    writer.encrypt(user_password="", owner_password="x", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "Open to all" in text_of("open.pdf", out.getvalue()).text


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Overfitting", "", "It happens when a model learns noise."], "## Overfitting"),
        (["1. How do you start?", "Ask for the constraints first.", "Then the data."], "## 1. How do you start?"),
        (["3.", "Explain ROC", "It plots two rates against each other."], "## 3. Explain ROC"),
        (["Stories Come in Sixteen. Prepare Them All.", "Each one is told once."], "## Stories Come in Sixteen"),
        (["Prose before it.", "Tasks", "- one thing", "- another"], "##### Tasks"),
    ],
)
def test_headings_of_plain_text_are_known_by_their_look(lines, expected):
    assert expected in with_headings(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["It ended well.", "So did this."],
        ["pandas", "numpy", "scipy"],
        ["Median: $150K", "The rest is prose that follows."],
        ["See https://example.org/page", "for the rest of it."],
        ["1. one thing to do", "2. another thing to do"],
    ],
)
def test_what_is_no_heading_stays_text(lines):
    assert "#" not in with_headings(lines)


def test_a_label_that_repeats_is_no_heading():
    lines = [line for n in "123" for line in (f"{n}. What is it, number {n}?", "How to answer", f"Say {n} things.")]
    text = with_headings(lines)
    assert "How to answer:" in text
    assert "# How to answer" not in text


def test_hard_wrapped_lines_are_joined_and_broken_words_made_whole():
    wrapped = [
        "A model that is trained on yesterday's data and served on today's will over-",
        "fit to what no longer holds, and nobody will notice it before the quarter is",
        "over.",
        "",
        "- a first item that is long enough to run over the end of the line of this",
        "  text",
    ]
    assert unwrapped([line.strip() for line in wrapped]) == [
        "A model that is trained on yesterday's data and served on today's will overfit to what no longer holds, "
        "and nobody will notice it before the quarter is over.",
        "",
        "- a first item that is long enough to run over the end of the line of this text",
    ]


def test_lines_that_are_paragraphs_already_are_left_alone():
    lines = ["word " * 60, "Short heading", "word " * 40]
    assert unwrapped(lines) == lines


def test_menus_badges_and_footers_are_dropped_and_the_article_stays():
    page = [
        "SiteName", "HomePricingGuidesSign in", "6 min read", "Contents", "", "Boosting in practice", "",
        "Boosting adds trees one after another, each for the errors of the last.", "HardMachine Learning", "",
        "Slogans for everybody.", "Product", "- Pricing", "- Careers", "Privacy Policy", "Terms of Service",
        "© 2026 SiteName. All rights reserved.",
    ]  # fmt: skip
    kept = [line for line in without_boilerplate(page, "Boosting") if line]
    assert kept[:2] == [
        "Boosting in practice",
        "Boosting adds trees one after another, each for the errors of the last.",
    ]
    assert not {"Product", "- Pricing", "Privacy Policy", "Contents", "HardMachine Learning"} & set(kept)


@pytest.mark.parametrize(
    "notes",
    [
        ["Overfitting", "Dropout", "Batch norm", "Early stopping"],
        [
            "MultiHeadAttention FeedForward DecoderLayer",
            "MultiHeadAttention splits heads.",
            "FeedForward. DecoderLayer.",
        ],
        ["Line one", "Line two", "© 2026 me"],
    ],
)
def test_short_notes_of_a_user_are_not_taken_for_a_menu(notes):
    assert [line for line in without_boilerplate(notes, "") if "©" not in line] == [n for n in notes if "©" not in n]


def test_shipped_markdown_becomes_a_document_with_a_citation():
    document = from_markdown("telling-numbers", "Telling numbers", "# Telling numbers\n\nSay the baseline.")
    assert (document.source, document.kind) == ("telling-numbers.md", "guide")


def test_a_passage_knows_its_document_even_where_names_hold_marks():
    passage = Passage(id="user:a:b#c.txt#12", source="a:b#c.txt", heading="h", kind="user", text="t")
    assert passage.document == "a:b#c.txt"
