"""The exercises, one module for each lesson, each with a dictionary EXERCISES by number."""
