from collections import defaultdict


def group_anagrams(words: list[str]) -> list[list[str]]:
    families: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        counts = [0] * 26
        for letter in word:
            counts[ord(letter) - ord("a")] += 1
        families["".join(map(str, counts))].append(word)
    return list(families.values())
