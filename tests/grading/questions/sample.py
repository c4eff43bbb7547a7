"""The questions of the sample, under the name under which grading looks for them."""

from sample import ESSAYS, QUESTIONS

__all__ = ["ESSAYS", "QUESTIONS"]
