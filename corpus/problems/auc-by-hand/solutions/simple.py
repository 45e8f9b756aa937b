def auc_by_hand(labels: list[int], scores: list[float]) -> float | None:
    """The definition as it stands: every positive against every negative."""
    positives = [score for label, score in zip(labels, scores, strict=True) if label == 1]
    negatives = [score for label, score in zip(labels, scores, strict=True) if label == 0]
    if not positives or not negatives:
        return None
    won = 0.0
    for p in positives:
        for n in negatives:
            if p > n:
                won += 1
            elif p == n:
                won += 0.5
    return won / (len(positives) * len(negatives))
