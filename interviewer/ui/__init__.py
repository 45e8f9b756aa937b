"""The web page: its views, what happens on a click, and its start. Only this package imports gradio.

Nothing is decided here: a page shows a stored interview and hands what the candidate does to `services`.
"""

import os

# Read by gradio when it is imported: otherwise it asks servers of its makers for versions and sends statistics.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

# How many handlers of one kind may run together: the tabs of one bootcamp must not wait for each other.
os.environ.setdefault("GRADIO_DEFAULT_CONCURRENCY_LIMIT", "16")
