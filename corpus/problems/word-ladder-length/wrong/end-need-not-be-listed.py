from collections import deque
from string import ascii_lowercase


def word_ladder_length(begin: str, end: str, words: list[str]) -> int:
    allowed = set(words) | {end}
    seen = {begin}
    queue = deque([(begin, 1)])
    while queue:
        word, length = queue.popleft()
        if word == end:
            return length
        for i in range(len(word)):
            for letter in ascii_lowercase:
                near = word[:i] + letter + word[i + 1 :]
                if near in allowed and near not in seen:
                    seen.add(near)
                    queue.append((near, length + 1))
    return 0
