"""What may be asked of a remark, for each signal by the kind of clause that is taken up; and where there is none.

"That" in a question is the remark before it; `wording` puts the two together. None asks for two things, praises, hints
or presumes that it went well.
"""

Asks = tuple[tuple[frozenset[str], tuple[str, ...]], ...]

_ANY = frozenset({"own", "group", "passive", "vague", "others", "fact", "change", "praise", "trouble"})

# For each signal, most wanted first: which remarks may be taken up for it, and what may be asked of them.
ASKS: dict[str, Asks] = {
    "personal_ownership": (
        (
            frozenset({"group", "passive", "others"}),
            (
                "which part of that did you do yourself",
                "what was your own part in that",
                "how much of that was your own work",
                "what did you do towards that yourself",
                "where did you yourself come in",
                "which of the steps behind that were yours",
            ),
        ),
        (
            frozenset({"change", "praise"}),
            (
                "what did you do yourself to bring that about",
                "what was your own share in that",
                "which step towards that was yours alone",
            ),
        ),
        (
            frozenset({"trouble", "fact"}),
            (
                "what did you yourself do about that",
                "what was your own part there",
                "what did you take on yourself at that point",
            ),
        ),
    ),
    "measured_result": (
        (
            frozenset({"change"}),
            (
                "how much was that in numbers, compared with before",
                "what would that be as a figure, before and after",
                "how big was that difference, as a number",
                "which number shows that best",
                "how did you measure that",
                "by how much, if you put a figure on it",
            ),
        ),
        (
            frozenset({"praise"}),
            (
                "which number would show that",
                "what could be measured of that",
                "how would that look as a figure, compared with before",
                "which figures stand behind that",
            ),
        ),
        (
            frozenset({"own", "group", "vague", "passive"}),
            (
                "what difference did that make, in numbers",
                "once that was done, which number showed that it had worked",
                "by the end of it, what was different in figures",
                "what could you measure afterwards that had changed",
                "what had changed by the end, in numbers",
                "what had changed afterwards that you could put a figure on",
            ),
        ),
        (
            frozenset({"fact", "trouble", "others", "finding"}),
            (
                "by the end of it, what was different in figures",
                "what had changed by the end, in numbers",
                "which number shows how it ended",
            ),
        ),
    ),
    "root_cause": (
        (
            frozenset({"trouble"}),
            (
                "what turned out to be behind that",
                "what was the underlying cause of that",
                "why was that, once you had looked into it",
                "how did you find out why",
                "what was the real reason for that",
                "what lay beneath that",
            ),
        ),
        (
            frozenset({"finding"}),
            (
                "what did that tell you about the cause",
                "what did that show you about the reason underneath",
                "what did you know about the cause after that",
                "which cause did that point to",
            ),
        ),
        (
            frozenset({"early"}),
            (
                "why was that, once you had looked into it",
                "what turned out to be behind that",
                "what was the reason for that",
                "how did you find out why",
            ),
        ),
        (
            frozenset({"own"}),
            (
                "how did you know that this would get at the cause",
                "what had you found out about the cause that led you to that",
            ),
        ),
    ),
    "action": (
        (
            frozenset({"vague"}),
            (
                "how exactly did you go about that",
                "what did that involve, step by step",
                "what was the first thing you did for that",
                "which steps did that take",
                "how did you do that, in practice",
            ),
        ),
        (
            frozenset({"change"}),
            (
                "what exactly did you do to get there",
                "which steps led up to that",
                "what did you have to do for that, step by step",
            ),
        ),
        (
            frozenset({"own", "group", "passive"}),
            (
                "how did you go about that, step by step",
                "how exactly was that done",
                "which steps did that take",
                "how did you do that, in practice",
            ),
        ),
        (
            frozenset({"trouble", "fact", "others", "praise", "finding"}),
            (
                "what exactly did you do about that",
                "which steps did you take then",
                "what did you do next",
                "how did you act on that, step by step",
            ),
        ),
    ),
    "situation": (
        (
            frozenset({"own", "group", "vague", "passive", "finding"}),
            (
                "where and when was this",
                "which project was that part of",
                "what were you working on at the time",
                "what was the situation around you at that time",
            ),
        ),
        (
            frozenset({"trouble", "fact", "change", "praise", "others", "early"}),
            (
                "where and when was this",
                "which project are we talking about",
                "what were you working on at that time",
                "what was the situation when that came up",
            ),
        ),
    ),
    "task": (
        (
            _ANY,
            (
                "what were you meant to achieve at that point",
                "what was at stake for you there",
                "why did it matter to get that done",
                "what was the goal behind that",
            ),
        ),
    ),
    "result": (
        (
            frozenset({"change", "praise"}),
            (
                "what came of that in the end",
                "what was different after that",
                "how did people notice the change",
                "what happened as a consequence",
            ),
        ),
        (
            frozenset({"own", "group", "vague", "passive"}),
            (
                "what came of it in the end",
                "what happened after that",
                "what effect did that have",
                "how did it turn out in the end",
                "what changed because of it",
            ),
        ),
    ),
    "real_event": (
        (
            frozenset({"supposed"}),
            (
                "when was the last time you really did that",
                "which particular occasion comes to mind",
                "when did you last find yourself doing that",
                "what happened the last time you did",
            ),
        ),
        (
            frozenset({"general"}),
            (
                "when did that last happen to you",
                "which particular occasion do you have in mind",
                "what happened the last time it was like that",
            ),
        ),
        (
            frozenset({"own", "group", "vague", "finding"}),
            (
                "which particular occasion was that",
                "when was that, if you take one occasion",
                "what happened the last time you did",
            ),
        ),
    ),
    "trade_off": (
        (
            frozenset({"own", "group", "vague"}),
            (
                "what spoke against that",
                "what did you give up for that",
                "which other options did you weigh at that point",
                "why that rather than something else",
                "what did it cost to do it that way",
                "which risk did you take with that",
            ),
        ),
        (
            frozenset({"passive", "change", "praise"}),
            (
                "what was given up for that",
                "which other options were there at that point",
                "what did it cost to do it that way",
                "which risk came with that",
            ),
        ),
        (
            frozenset({"trouble", "fact", "others"}),
            (
                "which options did you weigh at that point",
                "what were the alternatives as you saw them then",
            ),
        ),
    ),
    "reflection": (
        (
            frozenset({"own", "group", "vague"}),
            (
                "what would you do differently now",
                "how would you go about it next time",
                "what did you learn from doing that",
                "looking back, what would you change about it",
                "what have you changed in your own work since then",
            ),
        ),
        (
            frozenset({"change", "praise", "passive", "trouble", "fact", "others"}),
            (
                "what did you learn from that",
                "what do you take from that, looking back",
                "what would you do differently now",
                "how would you go about it next time",
            ),
        ),
    ),
}

# Where nothing that was said can be taken up: questions that stand alone.
ALONE: dict[str, tuple[str, ...]] = {
    "real_event": (
        "which particular occasion comes to mind",
        "when did something of the kind last happen to you",
        "which time do you remember best, and what happened then",
        "what happened on the last occasion of this sort",
        "which single case could you take me through",
    ),
    "situation": (
        "where and when did this take place",
        "which project or system was this about",
        "what was going on around you at that time",
        "what had happened just before this",
    ),
    "task": (
        "what were you expected to achieve",
        "what would have happened if nobody had acted",
        "what was your responsibility in it",
        "what was at stake for the people involved",
    ),
    "action": (
        "what did you do first, and what after that",
        "which steps did you take, one after the other",
        "what did you actually do about it",
        "how did you go about it, step by step",
    ),
    "personal_ownership": (
        "what did you do yourself in all of this",
        "which of the steps were your own work",
        "which decision in it was yours",
        "where would I have seen you in it",
    ),
    "result": (
        "what came of it in the end",
        "what was different once it was over",
        "how did it end",
        "what happened as a consequence",
    ),
    "measured_result": (
        "which number shows what changed",
        "by how much did it change, compared with before",
        "what could you measure at the end of it",
        "what would a chart of before and after have shown",
    ),
    "root_cause": (
        "what turned out to be the cause",
        "how did you find out why it happened",
        "what lay beneath the first symptom",
        "what made you sure of the reason",
    ),
    "trade_off": (
        "which other way did you consider",
        "what did you give up for it",
        "what spoke against what you did",
        "which risk did you take with it",
    ),
    "reflection": (
        "what would you do differently today",
        "what did you take from it for later",
        "what have you changed in the way you work since then",
        "what do you know now that you did not know then",
    ),
}
