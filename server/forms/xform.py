"""Read XForm XML into its plain parts: the primary instance, binds, controls, lists, texts. No logic here.

Source: ODK XForms specification 1.0.0 (structure); names in the XForms namespace lose it, others
get their usual prefix.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from server.forms.problems import FormProblem, FormRefused

__all__ = ["Bind", "Control", "XForm", "local", "qualified", "read_xform"]

XFORMS = "{http://www.w3.org/2002/xforms}"
_PREFIXES: Mapping[str, str] = {
    "http://www.w3.org/2002/xforms": "",
    "http://www.w3.org/1999/xhtml": "h:",
    "http://openrosa.org/javarosa": "jr:",
    "http://openrosa.org/xforms": "orx:",
    "http://openrosa.org/xforms/": "orx:",
    "http://www.opendatakit.org/xforms": "odk:",
    "http://www.opendatakit.org/xforms/entities": "entities:",
    "http://www.w3.org/2001/xml-events": "ev:",
}


@dataclass(frozen=True)
class Bind:
    """What a bind says of one path; attributes by qualified name."""

    path: str
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class Control:
    """One control of the body: its kind (``input``, ``select1``, ``group``, ``repeat``…), its path, its element."""

    kind: str
    path: str
    element: Element


@dataclass(frozen=True)
class XForm:
    """The parts of an XForm."""

    title: str
    root: Element
    instances: Mapping[str, Element]
    binds: Mapping[str, Bind]
    controls: tuple[Control, ...]
    set_values: tuple[Element, ...]
    translations: tuple[Element, ...]


def read_xform(xml: str) -> XForm:
    """Read the XML; raise ``FormRefused`` where it is not an XForm with one primary instance."""
    try:
        document = fromstring(xml)
    except (ParseError, DefusedXmlException) as error:
        raise _refused("not-xml", f"The form is not XML that can be read: {error}.") from error
    model = document.find(f".//{XFORMS}model")
    body = next((child for child in document if local(child) == "body"), None)
    if model is None or body is None:
        raise _refused("not-an-xform", "The file has no XForm model or no body.")
    instances = model.findall(f"{XFORMS}instance")
    if not instances or len(instances[0]) != 1:
        raise _refused("not-an-xform", "The form has no primary instance with one root element.")
    binds = [_bind(bind) for bind in model.findall(f"{XFORMS}bind")]
    twice = [path for path, count in Counter(bind.path for bind in binds).items() if count > 1]
    if twice:
        raise _refused("bind-twice", f"The form has two binds for “{twice[0]}”, and only one could count.")
    return XForm(
        title=_title(document),
        root=instances[0][0],
        instances={_instance_id(one): one for one in instances[1:]},
        binds={bind.path: bind for bind in binds},
        controls=tuple(_controls(body)),
        set_values=tuple(one for one in document.iter() if local(one) in ("setvalue", "setgeopoint")),
        translations=tuple(model.findall(f"{XFORMS}itext/{XFORMS}translation")),
    )


def _refused(code: str, message: str) -> FormRefused:
    return FormRefused([FormProblem(code, message, "Export the form again from the tool that made it.")])


def qualified(name: str) -> str:
    """Turn ElementTree's ``{namespace}name`` into the name with its usual prefix."""
    if not name.startswith("{"):
        return name
    namespace, _, rest = name[1:].partition("}")
    return _PREFIXES.get(namespace, "") + rest


def local(element: Element) -> str:
    """Give the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _title(document: Element) -> str:
    title = next((one for one in document.iter() if local(one) == "title"), None)
    return (title.text or "").strip() if title is not None else ""


def _instance_id(instance: Element) -> str:
    return instance.get("id", "")


def _bind(bind: Element) -> Bind:
    attributes = {qualified(name): value.strip() for name, value in bind.attrib.items()}
    return Bind(attributes.get("nodeset", ""), attributes)


def _controls(element: Element) -> Iterator[Control]:
    for child in element:
        path = child.get("ref") or child.get("nodeset") or ""
        kind = local(child)
        if kind in ("label", "hint", "item", "itemset", "setvalue", "setgeopoint"):
            continue
        yield Control(kind, path, child)
        yield from _controls(child)
