from bisect import bisect_right


def longest_increasing_subsequence(nums: list[int]) -> int:
    tails: list[int] = []
    for num in nums:
        place = bisect_right(tails, num)
        if place == len(tails):
            tails.append(num)
        else:
            tails[place] = num
    return len(tails)
