def knapsack_zero_one(costs: list[int], gains: list[int], budget: int) -> int:
    best = [0] * (budget + 1)
    for cost, gain in zip(costs, gains):
        for left in range(budget, cost - 1, -1):
            best[left] = max(best[left], best[left - cost] + gain)
    return best[budget]
