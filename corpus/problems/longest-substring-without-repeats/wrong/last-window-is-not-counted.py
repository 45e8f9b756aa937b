def longest_substring_without_repeats(s: str) -> int:
    inside: set[str] = set()
    start = longest = 0
    for end, char in enumerate(s):
        if char in inside:
            longest = max(longest, end - start)
        while char in inside:
            inside.remove(s[start])
            start += 1
        inside.add(char)
    return longest
