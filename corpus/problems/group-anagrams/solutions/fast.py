from collections import defaultdict


def group_anagrams(words: list[str]) -> list[list[str]]:
    families: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        families["".join(sorted(word))].append(word)
    return list(families.values())
