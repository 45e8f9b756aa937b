"""Whether an answer is in English, told by its small words and its script.

Only English is read. An answer is called foreign when none of its sentences is English; one foreign word, a name or a
quotation beside English sentences changes nothing, and what stands in code counts for neither side.
Not covered: which language it is, and languages whose small words are not listed: those are read, and show nothing.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from interviewer.evidence.clauses import sentences

# Words that the language needs in every other sentence. What English has as well ("in", "was", "die") stands nowhere.
_OTHERS = tuple(
    frozenset(words.split())
    for words in (
        "ich wir der das und nicht ein eine einen einem einer mit auf von den dem des zu es ist haben habe hatte wurde "
        "als auch für dass aber weil dann sich uns mich mir mein meine unser unsere im zum bei nach wie noch nur sie "
        "sehr oder damals keine kein waren sind hatten wenn über vom zur haben ganze selbst",
        "el la los las un una y de del que no en con por para se su es yo mi mis nos nuestro nuestra lo al como más "
        "pero fue era había hice hicimos cuando muy porque este esta eso sin sobre entonces también tenía teníamos "
        "después equipo",
        "le la les un une des et de du que qui pas en avec pour dans sur se sa son est je j'ai nous notre mon ma mes "
        "au aux ce cette il elle était avait mais plus par donc très parce comme été fait c'était puis ensuite alors "
        "c'est n'ai d'un d'une l'équipe qu'il",
        "il lo la gli le un una e di del della che non in con per si su è io mio mia nostro abbiamo ho era stato come "
        "più ma quando perché anche sono alla nel nella dei delle poi molto questo questa",
        "o a os as um uma e de do da dos das que não em com por para se eu meu minha nós nosso foi era tinha como mais "
        "mas quando muito porque também no na nos nas ao pelo pela então fiz fizemos depois isso",
        "de het een en van ik wij we niet dat die met voor op te zijn was had heb hebben er maar ook als om naar bij "
        "uit dan nog wel mijn ons onze toen omdat werd zij deze dit geen heel",
        "ja nie się na że jest był była było byłem to z do w i o jak ale po tak przez dla od czy tylko mnie nasz moja "
        "zespół zrobiłem który która które żeby kiedy",
        "och att det som en ett är jag vi var hade har inte på för med av till den de men om när så min mitt vår sedan "
        "eller från också efter mycket",
        "bir ve bu için ile çok daha ben biz benim bizim değil ama sonra gibi olarak kadar oldu vardı yaptım yaptık "
        "çünkü ne o da de",
    )
)
_ENGLISH = frozenset(
    """
    the and of to that this it it's was is are were be been i i'm i've i'd we my our you your he she they them me us
    a an in on at for with from by as not no but so because then which what when who how if had have has did do does
    don't didn't would could should can will there here after before about into out up or than more very all one some
    any over under his her their its just also only now yes know think said
    """.split()
)
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_FEWEST = 4  # words that a sentence must have to be judged; fewer may be a name
_ENOUGH = 0.2  # of its words are small words of another language
_ENGLISH_ENOUGH = 0.2
_OTHER_SCRIPT = 0.5  # of the letters
_FEWEST_LETTERS = 6


@lru_cache(maxsize=1024)
def foreign(text: str) -> bool:
    """Whether an answer is in another language than English, and nothing of it in English."""
    kinds = [_kind(s.text) for s in sentences(text)]
    return "other" in kinds and "english" not in kinds


def _kind(sentence: str) -> str | None:
    """ "english", "other", or None where too little is said to tell."""
    letters = [c for c in sentence if c.isalpha()]
    strange = sum(not _LATIN.match(c) for c in letters)
    if strange >= _FEWEST_LETTERS and strange >= _OTHER_SCRIPT * len(letters):
        return "other"
    words = [w.lower().replace("’", "'") for w in _LETTERS.findall(sentence)]
    if not words:
        return None
    english = sum(w in _ENGLISH for w in words)
    other = max(_hits(words, known) for known in _OTHERS)
    if len(words) >= _FEWEST and other > english and other >= _ENOUGH * len(words):
        return "other"
    return "english" if english > other or (english and english >= _ENGLISH_ENOUGH * len(words)) else None


def _hits(words: Sequence[str], known: frozenset[str]) -> int:
    """How many of the words are of a language; none where it is one word again and again, or single letters."""
    found = [w for w in words if w in known and len(w) > 1]
    return len(found) if len(set(found)) > 1 else 0
