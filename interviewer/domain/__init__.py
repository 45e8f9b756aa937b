"""Frozen values that everything else speaks in; imports nothing else of ours."""
