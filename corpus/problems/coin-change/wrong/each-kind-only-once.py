from math import inf


def coin_change(coins: list[int], amount: int) -> int:
    fewest = [0, *[inf] * amount]
    for coin in coins:
        for due in range(amount, coin - 1, -1):
            fewest[due] = min(fewest[due], fewest[due - coin] + 1)
    return -1 if fewest[amount] == inf else int(fewest[amount])
