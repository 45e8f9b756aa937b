from collections import defaultdict, deque


def word_ladder_length(begin: str, end: str, words: list[str]) -> int:
    listed = set(words)
    if end not in listed:
        return 0
    alike = defaultdict(list)  # a word with one place blanked out -> the words that fit
    for word in listed:
        for i in range(len(word)):
            alike[i, word[:i] + word[i + 1 :]].append(word)
    seen = {begin}
    queue = deque([(begin, 1)])
    while queue:
        word, length = queue.popleft()
        if word == end:
            return length
        for i in range(len(word)):
            for following in alike.pop((i, word[:i] + word[i + 1 :]), []):
                if following not in seen:
                    seen.add(following)
                    queue.append((following, length + 1))
    return 0
