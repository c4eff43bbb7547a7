"""The buttons that open a lesson somewhere: in Binder, on a JupyterHub, in Colab."""

import sys
from collections.abc import Callable
from html import escape

from course_site.repository import ROOT

sys.path.append(str(ROOT / "docs"))

import launch  # what writes the same links into the README

# For the path of a lesson in the repository: the names of the buttons with their addresses.
Buttons = Callable[[str], dict[str, str]]


def buttons(readme: str) -> Buttons:
    """The buttons of a lesson: the same links that a README has; none where it has none.

    So the site knows no address but that which `make launch` was given.
    """
    options = launch.options_of(readme)
    if options is None:
        return lambda lesson: {}
    one = launch.repository(options.address, options.ref)
    image = launch.repository(options.image, "HEAD") if options.image else None
    return lambda lesson: {
        escape(name): escape(url)
        for name, url in launch.links(one, lesson, options.hub, image).items()
    }
