"""Course assignments: variants, release, grading and feedback. Teachers need it, students do not."""
