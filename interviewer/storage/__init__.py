"""Events in SQL: every one is on disk before anything acts on it. Only this package imports sqlalchemy."""
