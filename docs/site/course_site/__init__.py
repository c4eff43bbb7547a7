"""The course as a web site: what Sphinx reads, and the pages that are made from the data.

`source` writes what Sphinx reads: the lessons and the documents, with their links turned towards
the site. `extension` adds the pages that are made from data/: events, people, places, tables and
so on. `check` reads what was built. ``python docs/site/build.py`` does all three.
"""
