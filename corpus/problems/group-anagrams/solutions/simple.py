def group_anagrams(words: list[str]) -> list[list[str]]:
    """Compare each word with one member of every family so far; quadratic when few words match."""
    families: list[list[str]] = []
    for word in words:
        for family in families:
            if sorted(family[0]) == sorted(word):
                family.append(word)
                break
        else:
            families.append([word])
    return families
