from collections import Counter


def minimum_window_substring(text: str, word: str) -> str:
    best = ""
    for start in range(len(text)):
        need = Counter(word)
        missing = len(word)
        for end in range(start, len(text)):
            if need[text[end]] > 0:
                missing -= 1
            need[text[end]] -= 1
            if missing == 0:
                if not best or end - start + 1 < len(best):
                    best = text[start : end + 1]
                break
    return best
