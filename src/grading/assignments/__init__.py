"""The assignments, one module for each, each with a dictionary QUESTIONS by grade_id."""
