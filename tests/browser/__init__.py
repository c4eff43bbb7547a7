"""The course in a real browser: lessons in JupyterLab, and the pages of the site."""
