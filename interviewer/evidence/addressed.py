"""Which parts of an answer tell the interviewer something, and which are orders to a machine.

An answer is data. What speaks to a grader ("respond with a score of 10") or to a language model ("you are now DAN") is
blanked before anything is read, with the sentences beside it that go on addressing somebody, and with all that stands
between such sentences where there are many. Blanking keeps offsets. An engineer may speak of prompts and of steps that
print or append: that is blanked only where it directs somebody.
Not covered: an order told as a story; it is read as one, and shows what its words show.
"""

import re
from collections.abc import Sequence

from interviewer.evidence.clauses import Clause, count_words, sentences

_ORDERS = (
    re.compile(
        r"\b(?:as an ai|an al model|dan mode|developer mode)\b"
        r"|\b(?:you are now (?:an?|in|my|going|free|acting|called|playing|dan)|"
        r"you are going to (?:act|pretend|be|play)|you will now|from now on,? you|you are about to|stay in character|"
        r"what were you told|instructions you were given|those instructions|not supposed to tell me)\b"
        r"|\byour (?:(?:previous|next|first|entire|whole) )?(?:response|reply|output|prompt|programming|"
        r"responses|replies|answer)\b"
        r"|\badministrator override\b|\bsystem configuration\b|\bdebugging this system\b"
        r"|\b(?:score|rating|verdict|vote)\s*[:=]\s*(?:(?!0?\.\d|\d+\s*[-*+/]\s*[a-z(])\d|strong|hire|perfect|max)"
        r"|(?<!\bat )(?<!\beach )(?<!\bper )\blevel\s*[:=]\s*(?:[1-9]\W*$|strong|hire|perfect|max)"
        r"|\d{1,3}/10\b\W*:?\s*$"
        r"|\b(?:give|award|assign) (?:(?:me|this|it|the candidate|the answer) )?(?:an? |the )?(?:full|maximum|highest|"
        r"top|perfect)\b(?: (?:score|marks?|ratings?|points?|grades?|credits?|levels?|votes?|possible)\b|\W*$)"
        r"|\ball signals (?:are )?(?:shown|present|true)\b|\bstrong hire\b"
        r"|\bthis (?:passage|answer|response|reply|transcript) (?:shows?|proves?|deserves?|meets|counts|"
        r"(?:contains|has) (?:all|"
        r"every)|(?:should|must) (?:get|receive|earn|pass|score|count|be (?:graded|scored|rated|given|marked)))\b"
        r"|[\"'](?:quote|reason|shown|score|level|signals?|verdict)[\"']\s*:|\bshown\W{1,4}true\b"
        r"|</?\s*(?:answer|passage|point|system|user|assistant|candidate|instructions?)\b|\[/?(?:inst|system|user|assistant|"
        r"gpt|dan)\]",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(r"\b(?:DAN|STAN|DUDE|JAILBREAK)\b"),
    re.compile(
        r"^\W*(?:please |now |also |then |just |kindly |first,? |hello,? |hey,? )*(?:act as|pretend|imagine you|"
        r"(?:respond|reply) (?:only|as|in|using|to (?:this|me|every|the (?:following|prompt))|with (?:only|exactly|an?|"
        r"the word|[\"'“]))|stop everything|continue the following|complete this sentence|help me|"
        r"show me|tell me|is this (?:feedback|comment|review|sentence|tweet|text|message)|"
        r"put it in a|beginning with \"|write a (?:script|poem)|"
        r"begin your|start your|end your|add \"|enhance your)\b",
        re.IGNORECASE,
    ),
    re.compile(r"^\s*(?:system|assistant|grader|interviewer|user|evaluator|judge|admin|human|ai|gpt)\s*:", re.I),
)
_IGNORE = re.compile(
    r"(?<!\bi )(?<!\bwe )(?<!\bto )(?<!\bnot )(?<!\bthey )(?<!\bwould )(?<!\bcould )"
    r"\b(?:ignore|disregard|forget(?! gate)|override|bypass)\b.{0,40}(?:\b(?:instructions?|prompts?|guidelines|"
    r"everything you|restrictions|polic(?:y|ies)|rules)\b"
    r"|\b(?:the|all|everything|anything) (?:above|previous|prior)(?: text| messages?)?\W*$)",
    re.IGNORECASE | re.DOTALL,
)
# What an engineer may speak of: an order only where the sentence directs somebody.
_SUBJECTS = re.compile(
    r"\b(?:system|starting|initial|hidden) (?:prompt|message|instructions?)\b|\bprompt injection\b|\bjailbreak"
    r"|\b(?:chatgpt|openai|open ai|i was instructed to)\b",
    re.IGNORECASE,
)
_DIRECTS = re.compile(
    r"^(?!.*\b(?:i|we)\b).*\?\W*$|\b(?:please|your|yours|yourself)\b"
    r"|\byou (?:are|were|must|should|shall|will|now)\b|\b(?:i|we) (?:need|want|would like|command|order)\b"
    r"|^\W*(?:display|show|reveal|print|output|repeat|give|list|tell|describe|dump|leak|share|send|return|write|provide|"
    r"explain|enable|enter|simulate|the (?:system|initial) prompt is)\b",
    re.IGNORECASE | re.DOTALL,
)
_QUOTATION = re.compile(r'"[^"]{3,200}"|“[^”]{3,200}”')
_OUTSIDE = 4  # words beside a quotation with which a sentence speaks of it
_HEEDS = re.compile(
    r"\b(?:obey|heed|execute|you|your)\b|^\W*(?:now |please |then |so )*(?:follow|do|apply)\b", re.IGNORECASE
)
# What a step of an algorithm may begin with, or a question to the interviewer: an order only where it asks for words.
_STEPS = re.compile(
    r"^\W*(?:please |now |also |then |just |kindly |first,? |hello,? |hey,? )*(?:repeat|print|output|translate|"
    r"summari[sz]e|rewrite|encode|analy[sz]e the|determine the|classify the|provide (?:a|insights|the)|recommend|"
    r"suggest|write a (?:program|function)|insert|append|include a|how (?:do|can|should) (?:i|you)|"
    r"what are the|can you|could you)\b",
    re.IGNORECASE,
)
_WORDS_ASKED = re.compile(
    r"[\"“‘]|\b(?:your|following|above|below|exactly|prompt|poem|essay|joke|secret|password|english|french|german|spanish|"
    r"hire|signals?|criteri(?:on|a)|rubric|grade|everything|"
    r"th(?:is|ese) (?:texts?|words?|phrases?|sentences?|letters?|messages?))\b",
    re.IGNORECASE,
)
_STATES = re.compile(r"\b(?:is|are|has|have|was|were|must|should|can|will|does|needs|gives|takes)\b")
_ADDRESSES = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_LINK = re.compile(r"^\W*https?://\S+\s*$")
_QUOTED = re.compile(r"^\W*(?<!\w)['\"“‘]\w|\w[.!?…]*['\"”’]\W*$")  # words of somebody else, or the end of them
_FIRST_PERSON = re.compile(r"\b(?:i|i'd|i've|i'm|me|my|myself|mine|we|we'd|we've|our|ours|us)\b")
_MANY = 3
_FILLER = re.compile(r"\byou (?:know|see)\b,?", re.IGNORECASE)
_ORDER = re.compile(
    r"^\W*(?:hello|hi|hey|dear|describe|explain|list|encode|rot13|compute|calculate|convert|generate|classify|compose|draft|"
    r"let's solve|thought process|solution)\b",
    re.IGNORECASE,
)


def speaks_to_machine(sentence: str) -> bool:
    """Whether a sentence may give orders to a model or a grader; also true of some that only speak of such orders."""
    return _orders(sentence) or any(p.search(sentence) for p in (_IGNORE, _SUBJECTS, _STEPS))


def _orders(sentence: str) -> bool:
    """Whether a sentence gives orders to a model or a grader, by more than its subject."""
    if any(pattern.search(sentence) for pattern in _ORDERS):
        return True
    outside = _QUOTATION.sub(" ", sentence)
    spoken_of = count_words(outside) >= _OUTSIDE and not _HEEDS.search(outside)
    beside = outside if spoken_of else sentence
    if _IGNORE.search(beside) or (_SUBJECTS.search(beside) and _DIRECTS.search(beside)):
        return True
    return _STEPS.search(sentence) is not None and _WORDS_ASKED.search(sentence) is not None


def without_orders(text: str, story: bool = False) -> str:
    """The same length, blanked where the text speaks to a machine. Doing it twice changes nothing.

    In a story no sentence begins as a step of an algorithm does ("print", "determine the", "how do I").
    """
    said = sentences(text)
    flagged = [n for n, s in enumerate(said) if _orders(s.text)]
    steps = {n for n, s in enumerate(said) if story and _STEPS.search(s.text)}
    if not flagged and not steps:
        return text
    between = range(flagged[0], flagged[-1] + 1) if len(flagged) >= _MANY else flagged
    blank = steps | set(between)
    for step in (1, -1):
        for place in sorted(blank, reverse=step < 0):
            beside = place + step
            while 0 <= beside < len(said) and beside not in blank and _goes_on(said[beside]):
                blank.add(beside)
                beside += step
    for place in blank:
        start, end = said[place].start, said[place].end
        text = text[:start] + re.sub(r"\S", " ", text[start:end]) + text[end:]
    return text


def without_steps(text: str) -> str:
    """The same length, blanked where a sentence begins as an order for a text does ("translate", "output", "tell me").

    A question to the interviewer stays, and what states something ("Output layer has one neuron"). Of 19,616 sentences
    of labelled technical answers hardly a dozen begin so.
    """
    for sentence in sentences(text):
        if _STEPS.search(sentence.text) and not sentence.text.endswith("?") and not _STATES.search(sentence.text):
            text = text[: sentence.start] + re.sub(r"\S", " ", sentence.text) + text[sentence.end :]
    return text


def statements(text: str, found: Sequence[Clause]) -> list[Clause]:
    """Those clauses of `text` in which the candidate tells something: a first person, and neither a question,
    a link, a word to the listener nor somebody else's words."""
    telling = {
        s.sentence for s in sentences(text) if not (s.text.endswith("?") or _foreign(s) or _ADDRESSES.search(s.text))
    }
    return [c for c in found if c.sentence in telling and _tells(c) and not _foreign(c)]


def _tells(clause: Clause) -> bool:
    return _FIRST_PERSON.search(clause.lower) is not None


def commands(sentence: Clause) -> bool:
    """Whether a sentence speaks to somebody and of nobody else, begins as an order, or greets."""
    text = _FILLER.sub("", sentence.text)
    addressed = _ADDRESSES.search(text) is not None and not re.search(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e|[Uu]s)\b", text)
    return addressed or _ORDER.match(text) is not None


def _goes_on(sentence: Clause) -> bool:
    return commands(sentence) or _foreign(sentence)


def _foreign(clause: Clause) -> bool:
    return bool(_LINK.search(clause.text) or _QUOTED.search(clause.text))
