from math import inf


def coin_change(coins: list[int], amount: int) -> int:
    def fewest(kind: int, due: int) -> float:
        """Try every number of coins of this kind, then the kinds after it."""
        if due == 0:
            return 0
        if kind == len(coins):
            return inf
        most = due // coins[kind]
        return min(count + fewest(kind + 1, due - count * coins[kind]) for count in range(most + 1))

    best = fewest(0, amount)
    return -1 if best == inf else int(best)
