def knapsack_zero_one(costs: list[int], gains: list[int], budget: int) -> int:
    best = [0] * (budget + 1)
    for cost, gain in zip(costs, gains):
        for left in range(cost, budget + 1):
            best[left] = max(best[left], best[left - cost] + gain)
    return best[budget]
