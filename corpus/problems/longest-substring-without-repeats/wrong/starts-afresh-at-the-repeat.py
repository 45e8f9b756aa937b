def longest_substring_without_repeats(s: str) -> int:
    inside: set[str] = set()
    longest = 0
    for char in s:
        if char in inside:
            inside.clear()
        inside.add(char)
        longest = max(longest, len(inside))
    return longest
