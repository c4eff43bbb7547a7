"""The sample in the place of the real questions: see grading.marking.ASSIGNMENTS."""
