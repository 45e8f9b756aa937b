from collections import defaultdict


def group_anagrams(words: list[str]) -> list[list[str]]:
    families: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for word in words:
        families[frozenset(word)].append(word)
    return list(families.values())
