"""Who is said to do what, read from phrases alone: conditions, negations, pronouns, orders of mention, comparisons."""

import pytest

from interviewer.domain.question import Claim, Question
from interviewer.evidence.phrases import find_phrase, tokens_of
from interviewer.evidence.roles import read_roles
from interviewer.evidence.stems import stem

_SIDES = (
    {"l1": ("L1", "lasso"), "l2": ("L2", "ridge")},
    {"adam": ("Adam",), "sgd": ("SGD",)},
    {"bagging": ("bagging", "forest"), "boosting": ("boosting", "xgboost")},
    {"bandit": ("bandit|bandits",), "ab": ("A/B test",)},
    {"batch": ("batch norm",), "layer": ("layer norm",)},
    {"up": ("raise the threshold", "higher threshold", "you increase it"), "down": ("lower the threshold",)},
    {"skew": ("skew",), "drift": ("drift",)},
)
_CLAIMS = {
    "zeros": ("l1", ("exact zeros", "feature selector"), ()),
    "few": ("l1", ("few features matter",), ("share weight",)),
    "sparse-model": ("l1", ("fewer inputs",), ()),
    "own-step": ("adam", ("step size per parameter", "need adam"), ()),
    "language": ("adam", ("language model",), ("resnet",)),
    "together": ("bagging", ("train independently", "all same time"), ("one after another",)),
    "noise": ("bagging", ("robust label|noise", "noisy labels take"), ()),
    "overfit": ("boosting", ("hurt",), ()),
    "exact-effect": ("ab", ("exact effect", "clean p value"), ()),
    "padding": ("layer", ("transformer",), ()),
    "folds": ("batch", ("folding convolution",), ()),
    "recall": ("down", ("recall goes up",), ()),
    "precision": ("up", ("precision goes up", "increase precision"), ()),
    "at-once": ("skew", ("appears immediately",), ()),
    "by-time": (None, ("split time",), ("shuffled interactions",)),
    "before-split": (None, (), ("before split",)),
    "no-division": (None, (), ("divide total", "division allowed")),
    "dropping": (None, (), ("dropping harmless",)),
    "costs": (None, (), ("cost the same", "errors cost same", "costs same")),
    "win": (None, (), ("is win", "a win")),
    "new-items": (None, (), ("collaborative ideal new",)),
    "shared-code": (None, ("one transformation", "feature store"), ()),
    "pixels": (None, (), ("only pixels matter",)),
    "ship": (None, (), ("shipping all",)),
    "online": (None, (), ("needs online",)),
    "quantile": (None, (), ("a single mean",)),
    "easily": (None, (), ("memorises noise easily",)),
}
QUESTION = Question(
    id="made-up",
    text="What is said of what?",
    rubric="ml_depth",
    sides=_SIDES,
    claims=tuple(
        Claim(id=k, text=k, paraphrases=(k, k), ask=k, whose=whose, says=says, denies=denies)
        for k, (whose, says, denies) in _CLAIMS.items()
    ),
)

# (answer, claims stated, claims contradicted)
ANSWERS = [
    # right and swapped, plainly
    ("L1 gives exact zeros.", {"zeros"}, set()),
    ("L2 gives exact zeros.", set(), {"zeros"}),
    ("L2 never gives exact zeros.", {"zeros"}, set()),
    # conditions assert nothing, their main clause does
    ("If ridge gave you exact zeros I'd use it.", set(), set()),
    ("If SGD had a step size per parameter we wouldn't need Adam.", set(), set()),
    ("If I shuffled interactions, the model would see the future.", set(), set()),
    ("If division were allowed I'd divide the total.", set(), set()),
    ("It's fine if errors cost the same.", set(), set()),
    ("If you used batch norm in a transformer, you'd average over padding.", set(), set()),
    ("If you raise the threshold, precision goes up.", {"precision"}, set()),
    ("If you raise the threshold precision goes up.", {"precision"}, set()),
    ("When you raise the threshold, recall goes up.", set(), {"recall"}),
    ("If only a few features matter, I take ridge.", set(), {"few"}),
    ("If only a few features matter, I take the lasso.", {"few"}, set()),
    ("I take ridge if few features matter.", set(), {"few"}),
    ("Ridge would be fine if it gave exact zeros.", set(), set()),
    # negations inside the phrase
    ("With a higher threshold recall doesn't go up.", {"recall"}, set()),
    ("With noisy labels I wouldn't take boosting.", {"noise"}, set()),
    ("More trees in a forest don't hurt.", {"overfit"}, set()),
    ("More boosting trees don't hurt.", set(), set()),  # by a negation alone: it only seems so
    ("Collaborative filtering isn't ideal for new items.", {"new-items"}, set()),
    # "unlike" and "without"
    ("Unlike bagging, boosting doesn't train independently.", {"together"}, set()),
    ("Unlike drift, skew appears immediately.", {"at-once"}, set()),
    ("Unlike skew, drift appears immediately.", set(), {"at-once"}),
    ("More clicks without more orders isn't a win.", {"win"}, set()),
    # how far a negation reaches
    ("I don't think L2 is a feature selector.", {"zeros"}, set()),
    ("I think L2 is a feature selector.", set(), {"zeros"}),
    ("A forest does not have to train its trees one after another.", {"together"}, set()),
    ("I would not use a bandit when I need to know the exact effect.", {"exact-effect"}, set()),
    ("A bandit doesn't give you a clean p-value.", {"exact-effect"}, set()),
    ("It isn't true that running out costs the same.", {"costs"}, set()),
    # both, and each
    ("Both give exact zeros, ridge too.", set(), set()),
    ("Boosting fits each of its trees all at the same time.", set(), {"together"}),
    ("SGD in both places has a step size per parameter.", set(), {"own-step"}),
    # a pronoun that stands for no side
    ("If it's a language model I take plain SGD.", set(), {"language"}),
    ("If it's a language model I take Adam.", {"language"}, set()),
    # less, nobody, rather than, instead of
    ("Boosting is less robust to label noise than a forest.", {"noise"}, set()),
    ("Nobody needs it online.", {"online"}, set()),
    ("I order at a quantile rather than a single mean.", {"quantile"}, set()),
    ("I order at a quantile instead of a single mean.", {"quantile"}, set()),
    # comparisons state nothing of what they compare with
    ("Shuffling is more realistic than a split by time.", set(), set()),
    # the first and the second, the former and the latter
    ("I know L2 and L1. The first gives exact zeros.", set(), {"zeros"}),
    ("I know L2 and L1. The second gives exact zeros.", {"zeros"}, set()),
    ("I know L2 and L1. The latter gives exact zeros.", {"zeros"}, set()),
    # purpose and means
    ("To prevent it I use one transformation code.", {"shared-code"}, set()),
    ("You can avoid it with a feature store.", {"shared-code"}, set()),
    ("You lower the threshold. To increase precision you increase it.", {"precision"}, set()),
    ("Not only the pixels matter here.", {"pixels"}, set()),
    # reports
    ("Adam is common. Some people say SGD is simple. It has a step size per parameter.", set(), set()),
    ("They say ridge picks columns. It gives no exact zeros.", {"zeros"}, set()),
    ("I've heard that L2 gives exact zeros.", set(), set()),
    ("A colleague insisted that L2 gives exact zeros.", set(), set()),
    ("People say that L2 gives exact zeros.", set(), set()),
    ("A common mistake is to think L2 gives exact zeros.", set(), set()),
    ("The mistake of shipping to all is old.", set(), set()),
    ("The cost of a mistake costs the same.", set(), {"costs"}),
    # what is only asked, supposed or left open
    ("Does L2 give exact zeros? No.", set(), set()),
    ("Does L1 give exact zeros? I am not sure.", set(), set()),
    ("L1 gives exact zeros, doesn't it?", {"zeros"}, set()),
    ("I'd check whether errors cost the same.", set(), set()),
    ("With a higher threshold recall, when that goes up, is luck.", set(), set()),
    # set aside, or spoken ill of
    ("Splitting after shuffled interactions, I would never do that.", set(), set()),
    ("A split by time would leak the future.", set(), set()),
    ("Unlike shuffled interactions, days keep their order.", set(), set()),
    # outvoted
    ("L2 gives exact zeros. Ridge is a feature selector. L1 gives exact zeros.", set(), {"zeros"}),
    ("L2 gives exact zeros. L1 gives exact zeros.", {"zeros"}, set()),
    # the former and the latter go by the sentence that named both last
    ("L2 or L1, well. L1 is a diamond, L2 a ball. The former gives exact zeros.", {"zeros"}, set()),
    ("With L2, no, let me begin with L1. I compare it with L2. The former gives exact zeros.", {"zeros"}, set()),
    ("L1 is a diamond. L2, unlike L1, is a ball. The former gives exact zeros.", {"zeros"}, set()),
    # a negation behind the phrase
    ("Computing it before the split isn't harmless.", {"before-split"}, set()),
    ("Shipping to all isn't something I'd do.", {"ship"}, set()),
    ("Folding into the convolution is not something layer norm allows.", {"folds"}, set()),
    # what only seems to contradict: alone it counts for nothing, beside a plain contradiction it counts
    ("Ridge is old. It gives exact zeros.", set(), set()),
    ("When you raise the threshold, recall goes up. Ridge is old. It gives exact zeros.", set(), {"recall", "zeros"}),
    ("Nor is ridge the one that gives exact zeros.", {"zeros"}, set()),
    ("I split first, otherwise ridge gives exact zeros.", set(), set()),
]


@pytest.mark.parametrize(("answer", "stated", "against"), ANSWERS, ids=[a for a, _, _ in ANSWERS])
def test_what_an_answer_states_and_contradicts(answer, stated, against):
    found, opposite = read_roles(answer, QUESTION)
    assert (set(found), set(opposite)) == (stated, against)


def test_dropping_at_random_is_harmless_under_its_condition():
    claim = Claim(id="biases", text="x", paraphrases=("x", "y"), ask="x", whose="other", denies=("dropping harmless",))
    question = QUESTION.model_copy(
        update={"sides": ({"random": ("MCAR",), "other": ("not at random",)},), "claims": (claim,)}
    )
    assert read_roles("If it's MCAR, dropping is harmless.", question)[1] == {}
    assert set(read_roles("If it's not at random, dropping is harmless.", question)[1]) == {"biases"}


def test_so_before_an_adverb_does_not_cut_a_clause():
    assert set(read_roles("It memorises the noise so easily.", QUESTION)[1]) == {"easily"}


@pytest.mark.parametrize(
    ("phrase", "text", "places"),
    [
        ("lower precision", "it has a lower recall and precision", [(3, 6)]),
        ("lower_precision", "it has a lower recall and precision", []),
        ("lower_precision|recall", "it has a lower recall", [(3, 4)]),
        ("raise threshold", "raising my thresholds raises the threshold", [(0, 2), (3, 5)]),
    ],
)
def test_a_phrase_is_found_in_any_form_and_side_by_side_where_it_says_so(phrase, text, places):
    assert list(find_phrase([stem(t) for t in tokens_of(text)], phrase)) == places


@pytest.mark.parametrize(("one", "other"), [("mean", "means"), ("precision", "precisely"), ("hard", "hardly")])
def test_words_of_different_meaning_keep_apart(one, other):
    assert stem(one) != stem(other)


def _bank_questions():
    from interviewer.content.bank import load

    return [q for q in load().all_questions() if any(c.says or c.denies for c in q.claims)]


@pytest.mark.parametrize("question", _bank_questions(), ids=lambda q: q.id)
def test_no_right_sentence_of_the_bank_is_contradicted(question):
    told = [t for c in question.claims for t in (c.text, *c.paraphrases)]
    flagged = {t: set(found) for t in [*told, question.reference] if (found := read_roles(t + ".", question)[1])}
    assert not flagged
