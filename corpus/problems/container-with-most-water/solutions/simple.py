def container_with_most_water(heights: list[int]) -> int:
    largest = 0
    for left in range(len(heights)):
        for right in range(left + 1, len(heights)):
            area = (right - left) * min(heights[left], heights[right])
            largest = max(largest, area)
    return largest
