"""Small faults put into code and data one at a time, to see whether a test notices."""
