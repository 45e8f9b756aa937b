def knapsack_zero_one(costs: list[int], gains: list[int], budget: int) -> int:
    def ratio(pair: tuple[int, int]) -> float:
        cost, gain = pair
        return gain / cost if cost else float("inf")

    total = 0
    for cost, gain in sorted(zip(costs, gains), key=ratio, reverse=True):
        if cost <= budget:
            budget -= cost
            total += gain
    return total
