def auc_by_hand(labels: list[int], scores: list[float]) -> float | None:
    positives = sum(labels)
    negatives = len(labels) - positives
    if not positives or not negatives:
        return None
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    found = area = 0
    for i in order:
        if labels[i] == 1:
            found += 1
        else:
            area += found
    return area / (positives * negatives)
