"""Evidence to levels, votes, a debrief and a study plan, by arithmetic that the scorecard shows."""
