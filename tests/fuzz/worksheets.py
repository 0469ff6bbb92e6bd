"""Random forms that only reckon: labels that show calls of one function, over answers of all kinds."""

from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st

from tests.fuzz.expressions import Reach, calls
from tests.fuzz.shell import ALL_LISTS, RandomForm, xform
from tests.fuzz.skeletons import instances, leaves, places, skeletons

__all__ = ["worksheets"]

MOST_CALLS = 4  # shown by each label


@st.composite
def worksheets(draw: st.DrawFn, function: str) -> RandomForm:
    """Draw a form in which every question shows some calls of ``function``, as seen from there."""
    root = draw(skeletons())
    labels = []
    for leaf in leaves(root):
        reach = Reach(places(root), ALL_LISTS, free=True, at=leaf.path)
        shown = draw(st.lists(calls(reach, function), min_size=1, max_size=MOST_CALLS))
        outputs = " | ".join(f"<output value={quoteattr(call)}/>" for call in shown)
        labels.append(f"<input ref={quoteattr(leaf.path)}><label>{outputs}</label></input>")
    repeats = "".join(f"<repeat nodeset={quoteattr(one.path)}/>" for one in places(root) if one.inside)
    return xform(draw(instances(root)), "", "".join((*labels, repeats)), with_file=draw(st.booleans()))
