def auc_by_hand(labels: list[int], scores: list[float]) -> float | None:
    positives = sum(labels)
    negatives = len(labels) - positives
    if not positives or not negatives:
        return 0.5
    groups: dict[float, list[int]] = {}
    for score, label in zip(scores, labels, strict=True):
        groups.setdefault(score, [0, 0])[label] += 1
    below = won = 0.0
    for score in sorted(groups):
        lost, gained = groups[score]
        won += gained * (below + lost / 2)
        below += lost
    return won / (positives * negatives)
