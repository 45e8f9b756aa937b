"""Problems that are decided by running code: what is compared with what, and the proof of what the corpus ships.

Not covered yet: the code of candidates. What runs here is shipped with the project and trusted.
"""
