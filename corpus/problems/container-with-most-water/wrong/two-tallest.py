def container_with_most_water(heights: list[int]) -> int:
    if len(heights) < 2:
        return 0
    by_height = sorted(range(len(heights)), key=lambda i: heights[i], reverse=True)
    first, second = by_height[:2]
    return abs(first - second) * heights[second]
