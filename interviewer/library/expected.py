"""The shipped passages that an answer to a question outside the bank may be compared with.

The library's own search, by words and vectors, over shipped texts only and in memory: what users add to their library,
or a library that cannot be opened, changes nothing here. Vectors are made only for passages that share words with the
question; one that shares none stays below the bar in any case.
Not covered: whether a passage answers the whole question, and what an answer beside it is worth (`evidence.compared`).
"""

from collections.abc import Callable, Sequence
from functools import cached_property

from interviewer.library import passages, ranking
from interviewer.library.bm25 import WordIndex
from interviewer.library.documents import Document, Passage
from interviewer.library.embedder import Embedder
from interviewer.library.wording import spelled_out

# Where both errors balance with 57 guides: of 30 questions of machine learning that the guides answer and the bank does
# not ask 3 stay below it, and of 45 that they do not answer 4 reach it (2 of 30 about other things, 2 of 15 about
# learning: policy gradients, message passing). At 0.5 it was 5 and 3.
_NEAR = 0.46
_BEHIND = 0.8  # of the best passage's score, for the second and third
_BEST = 3
_CANDIDATES = 24
_WEIGHTS = (1.0, 0.6)  # vectors, words


class ExpectedTexts:
    """`documents` gives the shipped documents; it is called when the first question asks for a passage."""

    def __init__(self, documents: Callable[[], Sequence[Document]], embedder: Embedder) -> None:
        self._documents = documents
        self._embedder = embedder

    def near(self, question: str) -> tuple[Passage, ...]:
        """The best one to three passages for a question, best first; none where the corpus has nothing near."""
        scores = self.scores(question)
        best = max(scores.values(), default=0.0)
        order = sorted((key for key in scores if scores[key] >= max(_NEAR, _BEHIND * best)), key=lambda k: -scores[k])
        kept = ranking.without_repeats(order, {key: self._by_id[key].text for key in order}, _BEST)
        return tuple(self._by_id[key] for key in kept)

    def scores(self, question: str) -> dict[str, float]:
        """Passage id to score, 0 to 1, in the order of the ids; as `Library.search` scores them."""
        asked = " ".join(question.split())
        found = self._words.search(asked)[:_CANDIDATES] if asked else []
        if not found:
            return {}
        covered = {self._passages[match.place].id: match.coverage for match in found}
        rows = self._embedder.embed([self._by_id[key].whole for key in covered])
        near = dict(
            zip(covered, (rows @ self._embedder.encode_query(spelled_out(asked))).round(5).tolist(), strict=True)
        )
        by_meaning = sorted(near, key=lambda key: (-near[key], key))
        shares = ranking.fused([by_meaning, list(covered)], _WEIGHTS)
        return {key: round(ranking.score(shares[key], near[key], covered[key]), 4) for key in sorted(covered)}

    @cached_property
    def _passages(self) -> list[Passage]:
        return [_cited(passage) for document in self._documents() for passage in passages.split(document)]

    @cached_property
    def _by_id(self) -> dict[str, Passage]:
        return {passage.id: passage for passage in self._passages}

    @cached_property
    def _words(self) -> WordIndex:
        return WordIndex([p.text for p in self._passages], [p.path for p in self._passages])


def _cited(passage: Passage) -> Passage:
    """A piece of a question's reference answer: the library has the question's own text under the id that it brings."""
    if passage.kind != "question":
        return passage
    return passage.model_copy(update={"id": passage.id.replace("question:", "reference:", 1)})
