"""Candidates that play themselves: scripted ones, through a whole loop without a screen."""
