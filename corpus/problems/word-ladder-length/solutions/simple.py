from collections import deque


def word_ladder_length(begin: str, end: str, words: list[str]) -> int:
    length_to = {begin: 1}
    queue = deque([begin])
    while queue:
        word = queue.popleft()
        for following in words:
            if differences(word, following) == 1 and following not in length_to:
                length_to[following] = length_to[word] + 1
                queue.append(following)
    return length_to.get(end, 0)


def differences(word: str, other: str) -> int:
    return sum(a != b for a, b in zip(word, other))
