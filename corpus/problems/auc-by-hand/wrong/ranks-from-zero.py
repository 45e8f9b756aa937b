def auc_by_hand(labels: list[int], scores: list[float]) -> float | None:
    positives = sum(labels)
    negatives = len(labels) - positives
    if not positives or not negatives:
        return None
    places: dict[float, list[int]] = {}
    for place, score in enumerate(sorted(scores)):
        places.setdefault(score, []).append(place)
    rank = {score: sum(p) / len(p) for score, p in places.items()}
    rank_sum = sum(rank[score] for score, label in zip(scores, labels, strict=True) if label == 1)
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)
