from collections import defaultdict


def group_anagrams(words: list[str]) -> list[list[str]]:
    families: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for word in words:
        families[len(word), sum(map(ord, word))].append(word)
    return list(families.values())
