"""The instance: elements with text, children and attributes, as expressions see them.

One class serves the answers of a response and the lists of a form. An attribute is a child whose name begins with
``@``.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from server.formlogic.definition import Item, Node

__all__ = ["Element", "ItemList", "document_of", "list_document"]


class Element:
    """A node of a tree; ``definition`` is its node in the form, absent in lists and in bare XML."""

    __slots__ = ("_by_name", "children", "definition", "name", "own_relevant", "parent", "seen", "text")

    def __init__(self, name: str, *, definition: Node | None = None, text: str = "") -> None:
        self.name = name
        self.definition = definition
        self.text = text
        self.parent: Element | None = None
        self.children: list[Element] = []  # changed by append, insert and remove alone
        self._by_name: dict[str, list[Element]] | None = None  # the children, while nobody came or went
        self.own_relevant = True
        self.seen: tuple[str, ...] | None = None  # what a volatile calculation read when it was last worked out

    def append(self, child: "Element") -> "Element":
        """Add ``child`` behind the others and return it."""
        return self.insert(len(self.children), child)

    def insert(self, place: int, child: "Element") -> "Element":
        """Add ``child`` before the one at ``place``, counted from 0, and return it."""
        child.parent = self
        self.children.insert(place, child)
        self._by_name = None
        return child

    def remove(self, child: "Element") -> None:
        """Take ``child`` out; it keeps its ``parent``, which tells where it stood."""
        self.children.remove(child)
        self._by_name = None

    def named(self, name: str) -> list["Element"]:
        """The children of one name, in document order; attributes by their name with ``@``."""
        if self._by_name is None:
            self._by_name = {}
            for child in self.children:
                self._by_name.setdefault(child.name, []).append(child)
        return self._by_name.get(name, [])

    @property
    def relevant(self) -> bool:
        """Whether this element and all it stands in are relevant."""
        element: Element | None = self
        while element is not None:
            if not element.own_relevant:
                return False
            element = element.parent
        return True

    def line(self) -> Iterator["Element"]:
        """This element and all it stands in, innermost first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    @property
    def is_attribute(self) -> bool:
        """Whether this is an attribute of its parent."""
        return self.name.startswith("@")

    @property
    def elements(self) -> list["Element"]:
        """The children that are elements."""
        return [child for child in self.children if not child.is_attribute]

    @property
    def string_value(self) -> str:
        """The text of this element and of all within it that is relevant, in document order (XPath 5.2)."""
        if not self.children:
            return self.text
        return self.text + "".join(child.string_value for child in self.elements if child.relevant)

    def same_name_siblings(self) -> list["Element"]:
        """This element and its siblings of the same name: the instances of a repeat."""
        if self.parent is None:
            return [self]
        return self.parent.named(self.name)

    @property
    def path(self) -> str:
        """The path with a position on each repeat, such as ``/data/assets[2]/name``."""
        if self.parent is None:
            return ""
        repeats = self.definition is not None and self.definition.kind == "repeat"
        position = f"[{self.same_name_siblings().index(self) + 1}]" if repeats else ""
        return f"{self.parent.path}/{self.name}{position}"

    def walk(self) -> Iterator["Element"]:
        """This element and all within it, in document order, attributes included."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))


def document_of(root: Element) -> Element:
    """Give the document node whose only child is ``root``."""
    document = Element("")
    document.append(root)
    return document


class ItemList(tuple[Item, ...]):
    """The items of a list, and the tree of them that expressions see: made once, shared by all who look things up."""

    @cached_property
    def document(self) -> Element:
        """The document node, see ``list_document``. Nobody changes what is in it."""
        return list_document(self)


def list_document(items: Sequence[Item]) -> Element:
    """Give a list of choices as the tree that ``instance('…')`` means: root, item, one element a column."""
    root = Element("root")
    for columns in items:
        root.append(_item(columns))
    return document_of(root)


def _item(columns: Mapping[str, str]) -> Element:
    item = Element("item")
    for name, text in columns.items():
        item.append(Element(name, text=text))
    return item
