def word_ladder_length(begin: str, end: str, words: list[str]) -> int:
    allowed = set(words)
    if end not in allowed:
        return 0
    level = {begin}
    length = 1
    while level:
        if end in level:
            return length
        level = {
            word[:i] + end[i] + word[i + 1 :]
            for word in level
            for i in range(len(end))
            if word[i] != end[i] and word[:i] + end[i] + word[i + 1 :] in allowed
        }
        length += 1
    return 0
