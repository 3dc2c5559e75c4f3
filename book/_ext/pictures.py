"""Pictures that say in words what they show.

The alternative text of a picture in a notebook is the text/plain of the same output,
which the tests compare with a re-run. A picture without words stops the build.
"""

import re
from pathlib import PurePosixPath

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.logging import get_node_location

SHORTEST = 20
SIZE = re.compile(r'style="width: (\d+)(?:px)?; height: (\d+)(?:px)?;"')


def complaint(alt: str) -> str:
    """What is wrong with an alternative text; nothing if it is empty."""
    if not alt.strip():
        return "it has none"
    if re.match(r"<.*>$", alt.strip()):
        return f"{alt!r} is how Python prints an object"
    if PurePosixPath(alt.strip()).suffix[1:].isalnum() and " " not in alt.strip():
        return f"{alt!r} is the name of a file"
    if len(alt.strip()) < SHORTEST:
        return f"{alt!r} is too short to say what is to be seen"
    return ""


class PicturesInWords(SphinxPostTransform):
    """Give every picture its words, and stop where there are none."""

    # Before myst-nb (4) keeps one form of each output and drops the text.
    default_priority = 3

    def run(self, **_: object) -> None:
        for bundle in self.document.findall(nodes.container):
            if bundle.get("nb_element") == "mime_bundle":
                describe(bundle)
        for image in self.document.findall(nodes.image):
            # The theme darkens pictures in dark mode; ours bring their own ground.
            image["classes"].append("dark-light")
            if wrong := complaint(image.get("alt", "")):
                where = get_node_location(image.parent) or get_node_location(image)
                raise ExtensionError(
                    f"page {self.env.docname} ({where}): a picture needs words in"
                    f" place of it: {wrong}"
                )


def describe(bundle: nodes.container) -> None:
    """Hand the text of an output on to the pictures of the same output."""
    forms = {form["mime_type"]: form for form in bundle.children}
    if "text/plain" in forms:
        for image in bundle.findall(nodes.image):
            image["alt"] = forms["text/plain"].astext().strip()


def sizes_as_attributes(
    app: Sphinx, page: str, template: str, context: dict, _: object
) -> None:
    """Write sizes as attributes, for a fixed height in a style distorts on phones."""
    if "body" in context:
        context["body"] = SIZE.sub(r'width="\1" height="\2"', context["body"])


def setup(app: Sphinx) -> None:
    """Connect the check and the sizes."""
    app.add_post_transform(PicturesInWords)
    app.connect("html-page-context", sizes_as_attributes)
