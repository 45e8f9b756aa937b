"""Agreement of what the product says with what people said, measured on files that the user names.

Not covered: the interview itself. Nothing here is needed to hold one, and nothing here is imported by the page.
"""
