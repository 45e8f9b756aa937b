def longest_substring_without_repeats(s: str) -> int:
    last_seen: dict[str, int] = {}
    start = longest = 0
    for end, char in enumerate(s):
        start = max(start, last_seen.get(char, -1) + 1)
        last_seen[char] = end
        longest = max(longest, end - start + 1)
    return longest
