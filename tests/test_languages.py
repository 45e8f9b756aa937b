"""Only English is read: another language is noticed, said once, and neither scored nor held against anybody."""

import pytest

from interviewer.domain.transcript import Transcript
from interviewer.evidence.intents import intent
from interviewer.evidence.languages import foreign
from interviewer.evidence.reader import Reader
from interviewer.evidence.readings import Readings
from interviewer.grading.intake import Intake
from interviewer.grading.scorecard import Grader
from interviewer.report.markdown import markdown
from tests.doubles import HashingEmbedder

GERMAN = "Im letzten Jahr war unser Modell zu langsam. Ich habe die Daten selbst geprüft und den Fehler gefunden."
WEAK = "We had a model whose accuracy went down. The team looked at it and it was fixed. It was a big success."
OTHERS = (
    GERMAN,
    "El año pasado nuestro modelo perdió precisión. Yo revisé los datos y encontré la causa en una tabla.",
    "L'année dernière, notre modèle était trop lent. J'ai trouvé la cause et nous avons réécrit le service.",
    "Nel 2021 il nostro modello era troppo lento e ho trovato la causa nei dati della tabella.",
    "No ano passado o nosso modelo era muito lento, então eu fiz uma análise dos dados.",
    "Vorig jaar was ons model te langzaam en toen heb ik de oorzaak van het probleem gevonden.",
    "Прошлой весной я нашёл ошибку в нашей модели и исправил её.",
    "去年我们的模型出了问题，我找到了原因并修好了它。",
)


@pytest.mark.parametrize("text", OTHERS)
def test_another_language_is_noticed(text):
    assert foreign(text)
    assert intent(text) == "foreign"


@pytest.mark.parametrize(
    "text",
    [
        "I don't know.",
        "No idea.",
        "O(n log n) time",
        "Adam or SGD",
        "I worked at Deutsche Bank in Frankfurt am Main.",
        "Uwe said: das ist nicht gut. Then we left.",
        "L1 gives sparsity, de facto",
        "We shipped it in São Paulo with João and María de la Cruz.",
        "I was in Brazil and when I come to the bakery I not speak french and the orders I made wrong",
        f"{WEAK} {GERMAN}",
        "```python\nder = die + das\nich = wir\n```",
        "",
    ],
)
def test_a_name_a_foreign_word_or_english_beside_it_is_english(text):
    assert not foreign(text)


def graded(bank, *said):
    embedder = HashingEmbedder()
    grader = Grader(bank, Intake(bank, embedder), Readings(bank, Reader(embedder)))
    turns = [
        {
            "speaker": "interviewer",
            "text": "Tell me about a time when you found the root cause of a problem.",
            "question_id": "dive_deep-root-cause",
            "principle": "dive_deep",
            "move": "ask",
        },
        *({"speaker": "candidate", "text": text} for text in said),
    ]
    held = {"kind": "behavioral", "principles": ["dive_deep"], "turns": turns}
    return grader.grade(Transcript.model_validate({"version": 1, "level": "L5", "rounds": [held]}), {})


def test_it_is_not_assessed_and_the_card_says_why(bank):
    card = graded(bank, GERMAN)
    assert card.rounds[0].vote is None
    assert {v.status for v in card.rounds[0].criteria} == {"not_assessed"}
    assert "It was answered in another language, and only English is read." in markdown(card)


@pytest.mark.parametrize("text", OTHERS)
@pytest.mark.parametrize("form", ["{0} {1}", "{1} {0}", "{0}\n{1}"])
def test_another_language_raises_no_score(bank, text, form):
    floor = graded(bank, WEAK).rounds[0]
    beside = graded(bank, form.format(WEAK, text)).rounds[0]
    assert beside.answers[0].score <= floor.answers[0].score
    assert beside.score <= floor.score


def test_a_reply_in_another_language_adds_nothing(bank):
    assert graded(bank, WEAK, GERMAN).rounds[0].score == graded(bank, WEAK).rounds[0].score


STRONG = (
    "Last spring our fraud ranking model in Spain started missing refunds. I was asked to find out why before the review. "
    "I pulled the label table, compared row counts and traced it to a join that silently dropped rows. I fixed the join "
    "instead of retraining, because retraining would have taken two weeks. Recall went from 61% to 88%. Next time I would "
    "put the check in before launch."
)


def test_a_weak_answer_put_in_another_language_earns_no_yes(bank):
    embedder = HashingEmbedder()
    grader = Grader(bank, Intake(bank, embedder), Readings(bank, Reader(embedder)))

    def ask(question_id, principle):
        return {
            "speaker": "interviewer",
            "text": "Go on.",
            "question_id": question_id,
            "principle": principle,
            "move": "ask",
        }

    turns = [
        ask("dive_deep-root-cause", "dive_deep"),
        {"speaker": "candidate", "text": STRONG},
        ask("ownership-missing", "ownership"),
        {"speaker": "candidate", "text": GERMAN},
    ]
    held = {"kind": "behavioral", "principles": ["dive_deep", "ownership"], "turns": turns}
    with_german = grader.grade(Transcript.model_validate({"version": 1, "level": "L5", "rounds": [held]}), {}).rounds[0]
    alone = {"kind": "behavioral", "principles": ["dive_deep"], "turns": turns[:2]}
    without = grader.grade(Transcript.model_validate({"version": 1, "level": "L5", "rounds": [alone]}), {}).rounds[0]
    assert without.vote in ("hire", "strong_hire")
    assert with_german.vote is None
    assert with_german.score <= without.score
