"""Settings of Sphinx for the site. `build.py` gives the folders and the fingerprint."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Trotsky in data"
author = "The authors of Trotsky in data"
language = "en"

extensions = ["myst_nb", "course_site.extension"]
nb_execution_mode = "off"  # the outputs are those that the lessons store and the tests hold
nb_output_stderr = "error"  # no stored output has any
nb_ipywidgets_js = {}  # else a page fetches scripts from outside
myst_heading_anchors = 4
myst_url_schemes = ["http", "https", "mailto"]
smartquotes = False  # the words stand as they were written
nitpicky = True

html_theme = "pydata_sphinx_theme"
html_title = "Trotsky in data"
html_static_path = ["static"]
templates_path = ["templates"]
html_css_files = ["palette.css", "course.css", ("print.css", {"media": "print"})]
html_copy_source = False
html_show_search_summary = False  # it fetches every page found, which a folder does not allow
html_show_sourcelink = False
html_use_index = False  # a-z.html is ours
html_last_updated_fmt = None  # two builds of the same course are the same
html_context = {"default_mode": "light"}  # without JavaScript; with it, as the system has it
html_theme_options = {
    "article_header_start": ["trail.html"],
    "back_to_top_button": False,
    "disable_search": True,  # the field in each page; search.html remains
    "footer_start": ["course-footer.html"],
    "footer_end": [],
    "navbar_start": ["course-nav.html"],
    "navbar_center": [],
    "navbar_end": [],
    "navbar_persistent": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
    "primary_sidebar_end": [],
    "secondary_sidebar_items": {
        name: ["page-toc"]
        for name in ("lessons/*", "teaching", "hub", "contributing", "about", "data", "licence")
    },
    "show_prev_next": True,
}
