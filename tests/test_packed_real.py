"""Texts read in one row get the vectors that sentence-transformers gives them one by one."""

import numpy as np
import pytest

from interviewer.library import MiniLM

pytestmark = pytest.mark.real

TEXTS = [
    "so I moved the threshold",
    "",
    "L1 pushes small weights to exactly zero, because its pull does not fade as they shrink",
    "why?",
    "word " * 400,
    *(f"reason {number}: " + "the data had drifted " * number for number in range(1, 30)),
]


@pytest.fixture(scope="module")
def embedder():
    return MiniLM()


def test_a_text_among_others_gets_the_vector_that_it_gets_alone(embedder):
    expected = embedder._loaded().encode(TEXTS, batch_size=1, normalize_embeddings=True, show_progress_bar=False)
    assert np.abs(embedder.embed(TEXTS) - expected).max() < 1e-5
    assert np.abs(embedder.encode_document(TEXTS) - expected).max() < 1e-5
    assert np.abs(embedder.encode_query(TEXTS[2]) - expected[2]).max() < 1e-5


def test_tokens_keep_their_places_and_their_vectors(embedder):
    model = embedder._loaded()
    for text, (places, rows) in zip(TEXTS, embedder.embed_tokens(TEXTS), strict=True):
        alone = model.encode(text, output_value="token_embeddings", show_progress_bar=False)
        assert len(places) == len(rows) == len(alone) - 2  # without the marks around the text
        assert all(text[start:end].strip() for start, end in places)
        if len(rows):
            assert np.abs(rows - alone[1:-1].numpy()).max() < 1e-4
    assert embedder.embed_tokens([]) == []


def test_claims_are_weighed_alike_whether_or_not_the_embedder_has_read_the_remarks(embedder):
    claims = ["L1 drives some weights to exactly zero, so it selects features."]
    remarks = ["The lasso throws useless columns out.", "Ridge keeps them all, only smaller.", "The lasso throws"]
    embedder.forget()
    fresh = embedder.claim_logits(claims, remarks)
    embedder.forget()
    embedder.embed(remarks[1:])
    assert np.abs(embedder.claim_logits(claims, remarks) - fresh).max() < 1e-4
    assert np.isfinite(fresh).all()
