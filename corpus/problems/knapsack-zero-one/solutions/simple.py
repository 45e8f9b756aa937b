def knapsack_zero_one(costs: list[int], gains: list[int], budget: int) -> int:
    def most(start: int, left: int) -> int:
        """The largest gain from the features from `start` on."""
        if start == len(costs):
            return 0
        skipped = most(start + 1, left)
        if costs[start] > left:
            return skipped
        return max(skipped, gains[start] + most(start + 1, left - costs[start]))

    return most(0, budget)
