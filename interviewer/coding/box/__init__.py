"""What is bound into the sandbox beside the candidate's code: it imports the standard library and its siblings only."""
