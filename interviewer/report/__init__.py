"""A scorecard as a document to read: Markdown, and HTML made from it."""
