from collections import Counter


def minimum_window_substring(text: str, word: str) -> str:
    need = Counter(word)
    missing = len(word)
    left = 0
    best = ""
    for right, char in enumerate(text):
        if need[char] > 0:
            need[char] -= 1
            missing -= 1
        while missing == 0:
            if not best or right - left + 1 < len(best):
                best = text[left : right + 1]
            if text[left] in need:
                need[text[left]] += 1
                missing += 1
            left += 1
    return best
