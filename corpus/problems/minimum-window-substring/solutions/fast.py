from collections import Counter


def minimum_window_substring(text: str, word: str) -> str:
    need = Counter(word)
    missing = len(word)
    left = 0
    best_start, best_length = 0, len(text) + 1
    for right, char in enumerate(text):
        if need[char] > 0:
            missing -= 1
        need[char] -= 1
        while missing == 0:
            if right - left + 1 < best_length:
                best_start, best_length = left, right - left + 1
            need[text[left]] += 1
            if need[text[left]] > 0:
                missing += 1
            left += 1
    return text[best_start : best_start + best_length] if best_length <= len(text) else ""
