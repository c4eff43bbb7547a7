"""Course assignments: variants, release, grading, feedback. Teachers need it, students do not."""
