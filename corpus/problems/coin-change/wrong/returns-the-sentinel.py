def coin_change(coins: list[int], amount: int) -> int:
    fewest = [0] + [amount + 1] * amount
    for due in range(1, amount + 1):
        for coin in coins:
            if coin <= due:
                fewest[due] = min(fewest[due], fewest[due - coin] + 1)
    return fewest[amount]
