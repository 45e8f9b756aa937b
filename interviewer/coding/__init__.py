"""Coding rounds: the sandbox, the examiner that runs code in it, and the proof of the problems that are shipped."""
