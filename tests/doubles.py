"""What tests use in place of slow parts: an embedder without a model, a store in memory, a speaker with a script."""

import hashlib
import json
import random
import re
from functools import cache

import numpy as np

from interviewer.errors import ModelUnavailable


class HashingEmbedder:
    """A bag of words hashed into 256 places: equal words are near, meanings are not. Deterministic."""

    name = "hashing-256"
    ready = True

    def embed(self, texts):
        rows = np.zeros((len(texts), 256), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"[a-z0-9]+", text.lower()):
                row[_place(word)] += 1
            norm = np.linalg.norm(row)
            row /= norm or 1
        return rows

    def embed_tokens(self, texts):
        found = [[(m.start(), m.end()) for m in re.finditer(r"[A-Za-z0-9]+", text)] for text in texts]
        words = [[text[a:b] for a, b in places] for text, places in zip(texts, found, strict=True)]
        return [(np.array(p, dtype=np.int64).reshape(-1, 2), self.embed(w)) for p, w in zip(found, words, strict=True)]

    def encode_document(self, texts):
        return self.embed(texts)

    def encode_query(self, text):
        return self.embed([text])[0]

    def warm(self):
        pass


@cache
def _place(word):
    return int(hashlib.md5(word.encode()).hexdigest(), 16) % 256


class ScriptedSpeaker:
    """Says its lines in turn, in pieces of a few characters. A piece that is an exception is raised in its place."""

    ready = True
    keeps_grammar = False

    def __init__(self, *lines):
        self.lines = list(lines)
        self.asked = []
        self.grammars = []

    def stream(self, messages, *, grammar=None, max_tokens=0):
        self.asked.append(messages)
        self.grammars.append(grammar)
        line = self.lines.pop(0)
        pieces = line if isinstance(line, list) else [line[i : i + 5] for i in range(0, len(line), 5)]
        for piece in pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece


class ChoosingSpeaker:
    """Writes any of the lines that its grammar holds, as a model under that grammar would."""

    ready = True
    keeps_grammar = True

    def __init__(self, seed):
        self.chooser = random.Random(seed)

    def stream(self, messages, *, grammar, max_tokens):
        lead, asks = self.chooser.choice(re.findall(r'("(?:[^"\\]|\\.)*")? \((.*?"?)\)(?= \||\n)', grammar))
        yield json.loads(lead or '""')
        yield json.loads(self.chooser.choice(re.findall(r'"(?:[^"\\]|\\.)*"', asks)))


def broken(after=""):
    return [after, ModelUnavailable("the model server has gone away")]
