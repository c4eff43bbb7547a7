"""nbgrader's settings for a course; `make assignments` writes the name of the course into them.

They hold for the command line and for formgrader, wherever the folder of the course stands.
"""

from pathlib import Path

c = get_config()  # noqa: F821

c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.course_id = "{{course}}"

# What stands in a release in place of a solution; before it stands `q3 = ...`.
c.ClearSolutions.code_stub = {
    "python": "# Put your answer in place of the three dots. Lines before it are welcome."
}
c.ClearSolutions.text_stub = "*Write your answer here.*"

# Student code runs behind walls, and answers are compared outside of them (see docs/teaching.md).
c.Autograde.exporter_class = "grading.preprocessor.SubmissionExporter"
# Ours comes first and makes every cell of the course what it is in the release, with its checksum.
# So nothing needs to be put back, and hidden tests do not come near a student's notebook.
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    "grading.preprocessor.GradeAnswers",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "grading.preprocessor.HideTests",
]
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "grading.preprocessor.HideTests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
