"""The bones of a random form: groups, repeats and leaves with their names, before any rule binds them."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from tests.fuzz.expressions import Place
from tests.fuzz.odd_words import LITERALS, NAMES

__all__ = ["CONTROLS", "Bone", "instances", "leaves", "places", "skeletons", "walk"]

# control → bind types that it is asked for with; "" is no control at all: calculated, hidden or metadata
CONTROLS: dict[str, tuple[str, ...]] = {
    "input": ("string", "int", "decimal", "date", "time", "dateTime", "geopoint", "geotrace", "geoshape", "barcode"),
    "select1": ("string",),
    "select": ("string",),
    "rank": ("odk:rank",),
    "range": ("int", "decimal"),
    "upload": ("binary",),
    "trigger": ("string",),
    "": ("string", "int", "decimal", "boolean", "date"),
}
MOST_CHILDREN = 5
DEEPEST = 3


@dataclass(frozen=True)
class Bone:
    """A node: ``control`` is ``group`` or ``repeat`` for those, else that of a leaf."""

    path: str
    control: str
    type: str = "string"
    children: tuple["Bone", ...] = ()

    @property
    def name(self) -> str:
        """The last name of the path."""
        return self.path.rpartition("/")[2]


@st.composite
def skeletons(draw: st.DrawFn, path: str = "/data", depth: int = DEEPEST, control: str = "group") -> Bone:
    """Draw a branch with up to five children, some of them branches again."""
    names = draw(
        st.lists(st.sampled_from(NAMES), min_size=1 if depth < DEEPEST else 3, max_size=MOST_CHILDREN, unique=True)
    )
    children: list[Bone] = []
    for name in names:
        kind = draw(st.sampled_from((*CONTROLS, "", "", "", "group", "repeat", "repeat", "repeat")))
        below = f"{path}/{name}"
        if kind in CONTROLS or depth <= 1:
            leaf = kind if kind in CONTROLS else "input"
            children.append(Bone(below, leaf, draw(st.sampled_from(CONTROLS[leaf]))))
        else:
            children.append(draw(skeletons(below, depth - 1, kind)))
    return Bone(path, control, children=tuple(children))


def walk(bone: Bone) -> Iterator[Bone]:
    """The bone and all below it, in document order."""
    yield bone
    for child in bone.children:
        yield from walk(child)


def leaves(bone: Bone) -> Iterator[Bone]:
    """All leaves, in document order."""
    return (one for one in walk(bone) if not one.children)


def places(bone: Bone) -> list[Place]:
    """All nodes below the root, as expressions name them."""
    repeats = [one.path for one in walk(bone) if one.control == "repeat"]
    return [
        Place(
            one.path,
            tuple(child.name for child in one.children) if one.control == "repeat" else (),
            tuple(repeat for repeat in repeats if f"{one.path}/".startswith(f"{repeat}/")),
        )
        for one in walk(bone)
        if one is not bone
    ]


@st.composite
def instances(draw: st.DrawFn, bone: Bone) -> str:
    """Draw the XML of an instance: some leaves with a text, up to two instances of each repeat."""
    identity = ' id="fuzz" version="1"' if bone.path == "/data" else ""
    if not bone.children:
        value = draw(st.sampled_from(LITERALS)) if draw(st.integers(1, 4)) == 4 else ""
        return f"<{bone.name}>{escape(value)}</{bone.name}>"
    inside = "".join([draw(instances(child)) for child in bone.children])
    if bone.control != "repeat":
        return f"<{bone.name}{identity}>{inside}</{bone.name}>"
    many = draw(st.integers(0, 2))
    return f'<{bone.name} jr:template="">{inside}</{bone.name}>' + f"<{bone.name}>{inside}</{bone.name}>" * many
