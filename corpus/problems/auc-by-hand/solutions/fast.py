def auc_by_hand(labels: list[int], scores: list[float]) -> float | None:
    positives = sum(labels)
    negatives = len(labels) - positives
    if not positives or not negatives:
        return None
    ranked = sorted(zip(scores, labels, strict=True))
    rank_sum = 0.0
    start = 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        average_rank = (start + 1 + end) / 2  # ranks start + 1 to end share their mean
        rank_sum += average_rank * sum(label for _, label in ranked[start:end])
        start = end
    won = rank_sum - positives * (positives + 1) / 2
    return won / (positives * negatives)
