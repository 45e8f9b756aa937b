from collections import Counter


def minimum_window_substring(text: str, word: str) -> str:
    need = Counter(word)
    missing = len(word)
    left = 0
    start, end = 0, len(text) + 1
    for right, char in enumerate(text, 1):
        missing -= need[char] > 0
        need[char] -= 1
        while missing == 0:
            if right - left <= end - start:
                start, end = left, right
            need[text[left]] += 1
            missing += need[text[left]] > 0
            left += 1
    return text[start:end] if end <= len(text) else ""
