"""What an answer shows, read by rules and by meaning, each finding with its exact span. Pure and fast."""
