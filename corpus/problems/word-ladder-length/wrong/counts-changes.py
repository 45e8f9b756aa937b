from collections import deque
from string import ascii_lowercase


def word_ladder_length(begin: str, end: str, words: list[str]) -> int:
    left = set(words)
    queue = deque([(begin, 0)])
    while queue:
        word, steps = queue.popleft()
        if word == end:
            return steps
        for i in range(len(word)):
            for letter in ascii_lowercase:
                near = word[:i] + letter + word[i + 1 :]
                if near in left:
                    left.remove(near)
                    queue.append((near, steps + 1))
    return 0
