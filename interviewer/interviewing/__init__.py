"""Planning a loop, deciding the next move, and saying it: the rubric decides, the model speaks."""
