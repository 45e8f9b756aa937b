from bisect import bisect_left


def longest_increasing_subsequence(nums: list[int]) -> int:
    tails: list[int] = []  # tails[i] is the smallest end of any increasing pick of i + 1 numbers
    for num in nums:
        place = bisect_left(tails, num)
        if place == len(tails):
            tails.append(num)
        else:
            tails[place] = num
    return len(tails)
