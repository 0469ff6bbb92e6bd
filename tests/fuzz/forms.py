"""Random forms, as XForm XML: bones, then rules that read what comes before them, so that most have no circles."""

from collections.abc import Mapping, Sequence
from functools import cache
from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st

from tests.fuzz.expressions import Place, Reach, expressions
from tests.fuzz.shell import ALL_LISTS, FILE_LIST, RandomForm, xform
from tests.fuzz.skeletons import Bone, instances, leaves, places, skeletons, walk

__all__ = ["forms"]

_PRELOADS = ("uid", "start", "end", "today", "deviceid", "username", "email", "phonenumber")
_CHOOSING = ("select1", "select", "rank")
_RANGES = ('start="1" end="5" step="1"', 'start="0" end="1" step="0.1"', 'start="10" end="-10" step="2.5"')


@cache
def _one_in(many: int) -> st.SearchStrategy[bool]:
    return st.integers(1, many).map(lambda number: number == many)


@st.composite
def forms(draw: st.DrawFn) -> RandomForm:
    """Draw a form."""
    root = draw(skeletons())
    everywhere = places(root)
    binds = [draw(_binds(bone, everywhere[:place], everywhere)) for place, bone in enumerate(walk(root), start=-1)]
    counts = {
        bone.path: draw(expressions(Reach(_before(bone, everywhere), ALL_LISTS, fresh=False), "n"))
        for bone in walk(root)
        if bone.control == "repeat" and draw(_one_in(3))
    }
    values = [draw(_set_value(bone, everywhere)) for bone in leaves(root) if draw(_one_in(5))]
    body = "".join([draw(_control(bone, everywhere, counts)) for bone in root.children])
    instance = draw(instances(root))
    reach = Reach(everywhere, ALL_LISTS, fresh=False)
    shown = draw(expressions(reach, "t")) if draw(_one_in(3)) else ""
    return xform(instance, "".join((*binds, *values)), body, with_file=draw(st.booleans()), shown=shown)


def _before(bone: Bone, everywhere: Sequence[Place]) -> list[Place]:
    """What stands before a node and not around it: reading that leads to no circle."""
    number = next(place for place, one in enumerate(everywhere) if one.path == bone.path)
    return [one for one in everywhere[:number] if not bone.path.startswith(f"{one.path}/")]


def _expression(kind: str, among: Sequence[Place], at: str = "/data", *, free: bool = False) -> st.SearchStrategy[str]:
    return expressions(Reach(among, ALL_LISTS, free=free, at=at), kind)


@st.composite
def _binds(draw: st.DrawFn, bone: Bone, before: Sequence[Place], everywhere: Sequence[Place]) -> str:
    """Write the bind of a node: relevance and calculation read what stands before it, other rules read anything."""
    rules: dict[str, str] = {"type": bone.type}
    earlier = [one for one in before if not bone.path.startswith(f"{one.path}/")]
    if bone.path != "/data" and draw(_one_in(3)):
        reach = Reach(earlier, ALL_LISTS, standing=False, fresh=False, at=bone.path)
        rules["relevant"] = draw(expressions(reach, "b"))
    for rule in ("required", "constraint", "readonly"):
        if draw(_one_in(4)):
            rules[rule] = draw(_expression("b", everywhere, bone.path, free=True))
    if bone.control == "" and not bone.children:
        if draw(_one_in(6)):
            rules["jr:preload"] = draw(st.sampled_from(_PRELOADS))
        elif not draw(_one_in(3)):
            rules["calculate"] = draw(_expression("a", [*earlier, *_itself(bone, everywhere)], bone.path))
    return f"<bind nodeset={quoteattr(bone.path)} {_attributes(rules)}/>"


def _itself(bone: Bone, everywhere: Sequence[Place]) -> list[Place]:
    """The same question in the instances around, where it stands right in a repeat: it makes a running total."""
    above, _, name = bone.path.rpartition("/")
    repeat = above.rpartition("/")[2]
    if not any(one.path == above and one.inside for one in everywhere):
        return []
    return [Place(f"../../{repeat}/{name}"), Place(f"../preceding-sibling::{repeat}/{name}")]


def _attributes(rules: Mapping[str, str]) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in rules.items())


@st.composite
def _set_value(draw: st.DrawFn, bone: Bone, everywhere: Sequence[Place]) -> str:
    event = draw(
        st.sampled_from(("odk-instance-first-load", "odk-new-repeat", "odk-instance-first-load odk-new-repeat"))
    )
    value = draw(_expression("a", everywhere, bone.path, free=True))
    return f"<setvalue event={quoteattr(event)} ref={quoteattr(bone.path)} value={quoteattr(value)}/>"


@st.composite
def _control(draw: st.DrawFn, bone: Bone, everywhere: Sequence[Place], counts: Mapping[str, str]) -> str:
    path = quoteattr(bone.path)
    label = ""
    if draw(st.booleans()):
        shown = draw(_expression("a", everywhere, bone.path, free=True)) if draw(_one_in(3)) else None
        label = f"<label>Where is {f'<output value={quoteattr(shown)}/>' if shown else 'it'}?</label>"
    if bone.children:
        inside = label + "".join([draw(_control(child, everywhere, counts)) for child in bone.children])
        if bone.control == "repeat":
            count = f" jr:count={quoteattr(counts[bone.path])}" if bone.path in counts else ""
            return (
                f"<group ref={path}>{label}<repeat nodeset={path}{count}>{inside.removeprefix(label)}</repeat></group>"
            )
        return f"<group ref={path}>{inside}</group>"
    if not bone.control:
        return ""
    bounds = f" {draw(st.sampled_from(_RANGES))}" if bone.control == "range" else ""
    tag = "odk:rank" if bone.control == "rank" else bone.control
    items = draw(_items(bone, everywhere)) if bone.control in _CHOOSING else ""
    return f"<{tag} ref={path}{bounds}>{label}{items}</{tag}>"


@st.composite
def _items(draw: st.DrawFn, bone: Bone, everywhere: Sequence[Place]) -> str:
    name = draw(st.sampled_from(ALL_LISTS))
    reach = Reach(everywhere, ALL_LISTS, free=True, fresh=False, at=bone.path)
    test = draw(expressions(reach, "t")) if draw(_one_in(3)) else ""
    narrowed = f"[g = {test}]" if test else ""
    nodes = quoteattr(f"instance('{name}')/root/item{narrowed}")
    label = "label" if name == FILE_LIST else "jr:itext(itextId)"
    return f'<itemset nodeset={nodes}><value ref="name"/><label ref="{label}"/></itemset>'
