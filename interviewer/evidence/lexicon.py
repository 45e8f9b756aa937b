"""The words by which the rules of `story` recognise things: patterns, each named for what it marks.

English only. A pattern is a hint, never a finding by itself: `story` says what has to come together.
"""

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b")


IRREGULAR_PAST = frozenset(
    """
    built wrote rewrote ran found led made took chose cut set gave began spoke told held drew split put
    brought taught kept threw did saw sent went broke caught dug drove fought got hid left lost met paid read
    rebuilt redid reran rose sat shut sold spent split stood stuck swept thought undid understood woke won
    wound bought came dealt fell felt flew grew heard knew laid lent meant overrode quit rang said sought shot
    showed slept slid withdrew was were had became
    """.split()
)
STATIVE = frozenset(
    """
    was were had thought felt knew meant wanted needed liked loved hoped believed seemed appeared looked used
    worked tried helped happened became got came understood heard cared preferred enjoyed struggled joined
    remained stayed supposed lived existed experienced realised realized received lacked owned faced learned
    learnt gained grew wished managed handled supported participated contributed attended involved ensured
    communicated collaborated succeeded
    """.split()
)
NOT_PAST = frozenset(
    """
    need indeed speed feed seed embed bed red exceed proceed weed breed greed hundred used based
    """.split()
)

HYPOTHETICAL = _any(
    r"i would(?! differently)", r"i'd", r"we would", r"i will", r"i'll", r"i might", r"i could", r"would probably",
    r"you should", r"you need to", r"you have to", r"one should", r"it depends", r"if i were", r"ideally", r"should always",
    r"would try", r"would start", r"would first", r"i think it is important", r"it is important to", r"it's important to",
)  # fmt: skip
HABIT = _any(
    r"i always", r"i usually", r"i generally", r"i typically", r"i often", r"i never", r"i tend to", r"in general",
    r"generally speaking", r"we always", r"we usually", r"every time", r"whenever", r"i try to", r"i like to", r"i believe in",
    r"my approach is", r"i make sure", r"normally", r"i am (?:a|an|very|someone)", r"i'm (?:a|an|very|someone)",
)  # fmt: skip
TIME_ANCHOR = _any(
    r"last (?:year|month|week|spring|summer|autumn|fall|winter|quarter|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)",
    r"(?:two|three|four|five|six|several|a few|\d+) (?:years|months|weeks|days) ago", r"a year ago", r"in (?:19|20)\d\d",
    r"in (?:january|february|march|april|may|june|july|august|september|october|november|december)",
    r"one (?:day|night|morning|evening|afternoon|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
    r"on a (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|holiday)", r"at the time", r"at my (?:last|previous|former|current|first)",
    r"in my (?:last|previous|former|current|first)", r"when i (?:was|joined|worked|started)", r"during (?:the|our|my|a)", r"black friday",
    r"(?:the|a|one) (?:week|month|day|night|quarter|morning) (?:before|after|of)", r"prime day", r"q[1-4]", r"this (?:year|spring|summer|autumn|winter)",
)  # fmt: skip
SYSTEM = _any(
    r"model", r"pipeline", r"service", r"system", r"dashboard", r"endpoint", r"api", r"classifier", r"ranker", r"recommender",
    r"forecast(?:er)?", r"feature store", r"job", r"retrain(?:ing)?", r"release process", r"process", r"platform", r"database",
    r"warehouse", r"app", r"team", r"product", r"customers?", r"launch", r"migration", r"deployment", r"labels?", r"labelling",
    r"experiment", r"search", r"checkout", r"cluster", r"library", r"tool", r"project", r"rollout", r"on-?call", r"incident",
    r"annotation", r"vendor", r"shop", r"site", r"factory", r"hospital", r"ward", r"store", r"school", r"class", r"report",
)  # fmt: skip
GOAL = _any(
    r"(?:was|were|been) asked to", r"my (?:job|task|goal|role|responsibility|objective|part|assignment) was",
    r"(?:the|our) (?:goal|target|task|aim|objective|deadline|commitment|challenge|brief) was", r"(?:we|i|it|they) (?:needed|had) to", r"needed (?:me|us) to",
    r"responsible for", r"supposed to", r"(?:was|were) at stake", r"at risk", r"otherwise", r"would have (?:lost|missed|cost|meant|been|stopped|broken)",
    r"would (?:stop|lose|break|miss|cost|slip|fail)", r"was costing", r"were costing", r"i owned", r"was mine to", r"fell to me", r"in charge of",
    r"accountable for", r"promised", r"committed to", r"wanted (?:us|me) to", r"if (?:we|it|nobody|i|they) (?:did|had|missed|failed|could)",
    r"told (?:me|us) to", r"had to be", r"assigned", r"i was given", r"my manager asked", r"i was on the hook", r"threatened to",
)  # fmt: skip
OUTCOME = _any(
    r"as a result", r"in the end", r"eventually", r"the result", r"the outcome", r"ended up", r"led to", r"after (?:that|this|the (?:change|fix|launch|rollout|release))",
    r"since then", r"which (?:cut|reduced|saved|brought|meant|led|dropped|improved|let|allowed|made|took|lowered|raised)", r"(?:we|i) (?:shipped|launched|released|delivered|rolled (?:it )?out)",
    r"adopted", r"went live", r"is still (?:used|running|in use)", r"are still (?:used|running|in use)", r"stopped", r"disappeared", r"renewed", r"approved",
    r"recovered", r"(?:dropped|fell|rose|went|came|climbed|improved|increased|decreased|shrank|grew|recovered|doubled|halved|tripled)", r"saved",
    r"cut", r"reduced", r"no longer", r"never (?:happened|came back|recurred)", r"has not (?:happened|come back|recurred)", r"became (?:the|our|a) (?:standard|default)",
)  # fmt: skip
EMPTY_OUTCOME = _any(
    r"(?:was|is) a (?:big |great |huge |real )?success", r"(?:everybody|everyone|people|they|customers?) (?:was|were|is|are) (?:very |really |quite )?(?:happy|pleased|satisfied)",
    r"went (?:really |very |quite )?well", r"worked (?:out )?(?:really |very |quite )?well", r"it worked", r"was successful", r"good feedback", r"positive feedback",
)  # fmt: skip
CHANGE = _any(
    r"from", r"by", r"to under", r"down to", r"up to", r"fewer", r"less", r"more", r"lower", r"higher", r"faster", r"slower", r"cheaper",
    r"dropped", r"fell", r"rose", r"cut", r"reduced", r"reduction", r"saved", r"saving", r"savings", r"improved", r"improvement", r"increased",
    r"increase", r"decreased", r"decrease", r"grew", r"growth", r"gained", r"gain", r"doubled", r"halved", r"tripled", r"quadrupled", r"went", r"recovered",
    r"half", r"twice", r"a third", r"two thirds", r"a quarter", r"double", r"uplift", r"lift", r"instead of", r"below", r"under", r"zero", r"shrank", r"climbed",
    r"lowered", r"raised", r"brought", r"after", r"now", r"only", r"shortened", r"stopped", r"no", r"remaining", r"left", r"won", r"back",
)  # fmt: skip
QUANTITY = re.compile(
    r"(?<![\w.])\d[\d.,]*\s?(?:%|percent|per cent|points?|x|ms|k|m|million|thousand|hours?|minutes?|seconds?|days?|weeks?|months?|dollars|euros?)?"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen|half|zero|twice|double|doubled|halved|tripled|"
    r"thirds?|quarters?|(?:fif|six|seven|eigh|nin|ten|hundred|thousand)ths?)\b"
)
SIZE_ONLY = _any(
    r"team of", r"people", r"engineers", r"budget", r"employees", r"years of", r"years ago", r"months ago", r"weeks ago", r"headcount",
    r"colleagues", r"stakeholders", r"members", r"scientists", r"developers",
)  # fmt: skip
STRONG_CHANGE = re.compile(
    r"\bfrom\b.{1,40}\bto\b|\bby\s+(?:about |around |roughly |almost |nearly |over |more than )?[\d$€£]|\d\s?(?:%|percent|per cent|points?)|\b(?:halved|doubled|tripled)\b"
)
ALTERNATIVE = _any(
    r"instead of", r"rather than", r"alternatives?", r"(?:the other|another|both|two|three|several|other|first|second) options?", r"options? (?:was|were)", r"trade-?offs?",
    r"at the expense", r"the cost was", r"the price (?:was|we)", r"the risk (?:was|of)", r"riski?e?r?", r"i considered", r"we considered", r"weighed", r"versus", r"downside",
    r"drawback", r"on the other hand", r"could have", r"gave up", r"sacrific\w+", r"accepted (?:that|a|the|some)", r"cheaper but", r"slower but", r"compromise",
    r"i decided against", r"we decided against", r"ruled out", r"would have (?:taken|cost|been (?:faster|cheaper|easier|slower|simpler|safer))", r"i chose", r"even though it", r"worth the",
)  # fmt: skip
CAUSE = _any(
    r"root cause", r"turned out", r"the (?:real |actual |true )?(?:reason|cause|culprit|problem|bug|issue) was", r"because of", r"due to", r"caused by", r"was caused",
    r"traced (?:it|this|that|the|them)", r"came from", r"stemmed from", r"the reason", r"it was (?:because|that)", r"explained by", r"silently", r"were (?:dropped|missing|duplicated|lost|stale)",
    r"was (?:dropping|missing|joining|reading|using|stale|leaking|truncat\w+)", r"because (?:the|our|a|an|it|they|its|their|every|each|two|one)",
)  # fmt: skip
FINDING = _any(
    r"found", r"discovered", r"traced", r"compared", r"noticed", r"checked", r"looked", r"bisected?", r"profiled", r"measured", r"saw", r"read", r"dug", r"plotted",
    r"logged", r"reproduced", r"replayed", r"sampled", r"inspected", r"examined", r"ruled out", r"tested", r"pulled", r"queried", r"sliced", r"split", r"asked", r"realised", r"realized",
    r"investigated", r"audited", r"diffed", r"analysed", r"analyzed", r"went through", r"tracked", r"isolated", r"confirmed", r"proved", r"interviewed", r"watched",
)  # fmt: skip
REFLECTION = _any(
    r"i (?:have )?(?:learned|learnt)", r"taught me", r"lesson", r"next time", r"looking back", r"in hindsight", r"in retrospect", r"differently", r"since then i",
    r"now i", r"these days i", r"i (?:now|today) (?:always|ask|check|write|start)", r"i should have", r"i would have", r"i wish i had", r"my mistake was", r"what i took", r"i underestimated",
    r"i'd have", r"ever since", r"i regret", r"takeaway", r"if i (?:did|had to do) it again",
)  # fmt: skip
DENIAL = _any(
    r"i (?:don't|do not|didn't|did not) (?:know|remember|recall|have|measure|think so)", r"not sure", r"no idea", r"can't (?:remember|recall|say)", r"cannot (?:remember|recall|say)",
    r"we (?:didn't|did not|never) (?:measured?|tracked?|checked?|looked?|counted?)",
    r"(?:nobody|no one) (?:measured|counted|tracked|kept (?:a )?(?:count|track))", r"no (?:numbers?|metrics?|figures?)", r"hard to say", r"i have no", r"nothing (?:really|comes to mind)",
)  # fmt: skip
# That something was found, without what: no cause. What follows "in" or "with" may name it, and is left alone.
VAGUE_FINDING = re.compile(
    r"\b(?:some|a few|several|many|various|certain|different|multiple|a couple of|a number of|lots of) (?:\w+ )?"
    r"(?:issues?|problems?|errors?|bugs?|mistakes?|things|gaps|defects|reasons|causes) (?:was|were|got|had been) "
    r"(?:\w+ly )?(?:found|identified|discovered|detected|spotted|seen|noticed)\b(?! (?:in|with|between|where|because|that)\b)"
    r"|\b(?:found|identified|discovered|detected|spotted|saw|noticed) (?:some|a few|several|many|various|certain|different|"
    r"multiple|a couple of|a number of|lots of|the) (?:issues?|problems?|errors?|bugs?|mistakes?|things|gaps|defects|reasons|"
    r"causes?)\W*$"
)
# What whoever is in charge does whatever the work is: nobody could repeat it as a step.
MANAGING = re.compile(
    r"\b(?:managed|supervised|oversaw|coordinated|steered|monitored|chaired|led|drove|pushed) "
    r"(?:it|this|that|them|things|everything|everyone|everybody|the (?:project|team|work|topic|people|whole thing))"
    r"(?: (?:very|so|quite|really|always|\w+ly|forward|ahead|along|through|on|up|hard|every (?:single )?(?:day|week)|"
    r"all the time|together|to the end))*\W*$"
    r"|\b(?:held|had|did|organi[sz]ed|chaired|attended|scheduled|led|ran) (?:\w+ ){0,3}(?:meetings?|calls|stand-?ups?|syncs?|"
    r"jour fixes?)(?: (?:a|per|each|every|with|for|twice|once)\b.{0,40})?\W*$"
    r"|\b(?:was in charge|took (?:care|charge|ownership|responsibility)|made sure|kept (?:everyone|everybody|it|things) "
    r"(?:informed|aligned|on track|moving|going)|aligned (?:the |all )?(?:stakeholders|teams?|everyone|everybody))\b"
)
# An end without what came of it.
BARE_END = re.compile(
    r"^(?:(?:and|so|but|then|finally|eventually|in the end|at the end)[, ]+)*(?:it|this|that|everything|all|all of it|"
    r"the (?:project|work|task|thing|whole thing)|we|i) (?:was |were |got |is |has been |all )?(?:then |finally |successfully )?"
    r"(?:delivered|done|finished|completed|ready|over|solved|fixed|resolved|closed|made it|worked out|went (?:very |really )?well|"
    r"successful|good again|fine)(?: it)?(?: in the end| in time| on time| successfully)?\W*$"
)
# Says that what was asked for does not exist, rather than that it is not remembered: not worth asking for again.
NONE_THERE = _any(
    r"(?:we|i) never (?:measured|tracked|checked|counted|considered)", r"(?:nobody|no one) (?:measured|counted|tracked|kept)",
    r"(?:we|i) (?:didn't|did not) (?:measure|track|count|consider)", r"no,? not really", r"there (?:was|were) (?:no|none)",
)  # fmt: skip
# That it has been said: nobody likes to be asked a third time.
TOLD_BEFORE = re.compile(
    r"\b(?:(?:as|like|what) i(?:'ve| have)? (?:already |just )?(?:said|told|mentioned|explained)"
    r"|i(?:'ve| have)? (?:already |just )?(?:told|answered) you\b"
    r"|i(?:'ve| have)? just (?:said|told you|answered|mentioned)(?: (?:it|that|this|so))?(?=[,.?!]|$| i think| already)"
    r"|(?:isn't|is not|wasn't) (?:that|this|it) what i (?:have |just |'ve )*(?:said|told you|answered)"
    r"|(?:that's|that is|it's|this is|isn't that|isn't this) (?:kind of |sort of |basically |almost |pretty much )?the same question"
    r"|we (?:have )?(?:touched on|covered|talked about|been through) (?:that|this|it) (?:already|before|earlier|a moment ago|just now)"
    r"|i(?:'ve| have)? already (?:said|told|mentioned|explained|answered) (?:it|that|this|so|you)\b|i (?:have )?said (?:it|that|this|so)\b(?! we| i| the)"
    r"|(?:this|that) i(?:'ve| have) (?:already )?(?:said|told|answered)|(?:second|third|fourth|next|another) time you(?:'re)? ask"
    r"|you(?:'ve| have)? (?:already )?asked (?:me )?(?:that|this|it) (?:already|before|just now)|said (?:that|it|this) already)\b"
)
# The admission that nothing was weighed names the weighing, and is none.
UNWEIGHED = _any(
    r"weighed (?:nothing|not (?:much|a lot))", r"(?:didn't|did not|never) (?:really |actually )?weigh (?:anything|much|a lot)",
    r"(?:didn't|did not|never) (?:really |actually )?weigh (?:it|them)(?: up)?(?=[\s.,!]*$)",
    r"(?:nothing|not (?:much|a lot)|wasn't (?:a lot|much|anything)) to weigh", r"(?:nothing|not much) was weighed",
)  # fmt: skip
# Says that there is no answer; weighed only where a ladder step is answered, not in stories.
DECLINES = _any(
    r"nothing (?:\w+ ){0,2}to (?:add|say|offer)", r"say so than guess", r"(?:i'd|i would|i'd only|i would only) be guessing",
    r"(?:i can't|i cannot|i couldn't|i could not) (?:really )?(?:answer|help you|tell you)", r"beyond what i know", r"let's skip",
)  # fmt: skip
DECISION = _any(
    r"i decided",
    r"i chose",
    r"i insisted",
    r"i proposed",
    r"i pushed",
    r"i overruled",
    r"i committed",
    r"i made the call",
    r"my decision",
    r"i refused",
    r"i said no",
)
VAGUE_DEED = re.compile(
    r"\b(?:i|we) (?:\w+ly )?(?:worked|helped|improved|handled|supported|dealt|got involved|stepped up|took care|looked after|made sure|did my best|tried)\b"
)
CLAIMED_CHANGE = re.compile(
    r"\b(?:improved|got (?:much |a lot |way )?better|went (?:up|down)|dropped|fell|rose|grew|recovered|stopped|worked|succeeded|"
    r"reduced|increased|decreased|saved)\b"
)
# Where what may be said back begins: a subject at the head of the clause, after conjunctions and fillers.
SUBJECT_START = re.compile(
    r"^(?:(?:and|but|so|then|because|well|um|uh|yeah|okay|ok|eventually|finally|after that|in the end|anyway|basically|like)[, ]+)*"
    r"((?:i|we|it|they|he|she|the|our|my|this|everyone|everybody|people|customers|users)\b)"
)
# What "I" does beside somebody else's work: whoever does only this has not done the work.
ONLOOKING = re.compile(
    r"(?:followed|watched|saw|heard|admired|listened|sat (?:in|beside|next)|stood (?:by|beside|next)|read about|"
    r"(?:was|am) (?:\w+ ){0,2}(?:impressed|proud|happy|glad|there|present|amazed|grateful|lucky|in the)|"
    r"congratulated|thanked|applauded|cheered|attended|think|thought|remember|guess|believe|mean|say|felt)\b"
)
FIRST_PERSON = re.compile(r"\b(?:i|i'd|i've|i'm|i'll|me|my|myself|mine)\b")
I_SUBJECT = re.compile(r"\bi\b")
VAGUE_OBJECT = frozenset(
    """
    it this that things stuff something everything problem problems issue issues hard together well lot team
    work best better good very really feedback communication solution solutions way ways people everyone job
    """.split()
)
STOPWORDS = frozenset(
    ["a", "an", "the", "and", "or", "but", "so", "because", "then", "which", "that", "this", "these", "those", "it", "its", "we", "i", "you", "he", "she", "they", "them", "us", "our", "my", "your", "his", "her", "their", "me", "of", "in", "on", "at", "to", "from", "by", "for", "with", "as", "into", "onto", "over", "under", "about", "after", "before", "during", "than", "is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "have", "has", "had", "having", "will", "would", "could", "should", "can", "may", "might", "must", "not", "no", "nor", "very", "really", "just", "also", "too", "there", "here", "what", "who", "whom", "how", "why", "when", "where", "if", "while", "until", "all", "any", "some", "each", "every", "both", "more", "most", "other", "own", "same", "such", "only", "s", "t", "d", "ll", "ve", "re", "m", "one", "two", "up", "down", "out", "off", "again", "once"]
)  # fmt: skip

# Leaving the thread and coming back to it, in so many words.
ASIDE = re.compile(
    r"\b(?:(?:as|like) (?:i|we)(?:'ve| have)? (?:already |just )?(?:said|told|mentioned|say|stated)|as (?:already )?(?:said|mentioned|stated)"
    r"|(?:i|we) (?:(?:have|had|did) )?(?:already )?(?:said|told|mentioned)(?: (?:it|that|this|so|you))? (?:already|before|earlier)"
    r"|(?:i|we) already (?:said|told|mentioned)|where was i|(?:what|how) was (?:the|your) question"
    r"|(?:another|different|whole (?:other|different)|separate) (?:story|topic|subject)|(?:story|tale|topic) (?:of its own|in itself|for another)"
    r"|to (?:come|return|get|go) (?:back )?to (?:the (?:point|question|story|topic)|my (?:story|point)|your question)"
    r"|back to (?:the (?:story|point|question)|your question)|(?:but )?to return(?=[,.:;])|no,? wait|don't ask me|i digress"
    r"|(?:can|could) talk for hours|off (?:the )?topic|(?:not|beside) the point|don't get me started|anyway(?! (?:we|i|it|they|he|she)\b))\b"
)
