def longest_substring_without_repeats(s: str) -> int:
    longest = 0
    for start in range(len(s)):
        inside: set[str] = set()
        for end in range(start, len(s)):
            if s[end] in inside:
                break
            inside.add(s[end])
        longest = max(longest, len(inside))
    return longest
