from math import inf


def coin_change(coins: list[int], amount: int) -> int:
    fewest = [0, *[inf] * amount]
    for due in range(1, amount + 1):
        for coin in coins:
            if coin <= due and fewest[due - coin] + 1 < fewest[due]:
                fewest[due] = fewest[due - coin] + 1
    return -1 if fewest[amount] == inf else int(fewest[amount])
