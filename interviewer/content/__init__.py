"""Files of rubrics/ and corpus/ to domain values; a fault names file, line and field."""
