from collections import Counter


def minimum_window_substring(text: str, word: str) -> str:
    needed = set(word)
    inside: Counter[str] = Counter()
    best = ""
    left = 0
    for right, char in enumerate(text):
        if char in needed:
            inside[char] += 1
        while len(inside) == len(needed):
            if not best or right - left + 1 < len(best):
                best = text[left : right + 1]
            dropped = text[left]
            if dropped in inside:
                inside[dropped] -= 1
                if inside[dropped] == 0:
                    del inside[dropped]
            left += 1
    return best
