"""Put calculations, relevance and counts of repeats in an order: each after what it reads; find circles."""

from collections.abc import Mapping, Sequence

from server.formlogic.definition import ROOT, Aspect, Node, Use

__all__ = ["Circle", "evaluation_order"]

Step = tuple[int, Aspect]


class Circle(ValueError):
    """Expressions that read one another in a circle; ``chain`` begins and ends with the same one."""

    def __init__(self, chain: Sequence[Step]) -> None:
        super().__init__("Expressions read one another in a circle")
        self.chain = tuple(chain)


def evaluation_order(nodes: Sequence[Node]) -> tuple[Step, ...]:
    """Order all calculations, relevance and counts of repeats of a form; raise ``Circle`` where there is none.

    A node that reads another instance of itself (a running total) is no circle.
    """
    steps = _steps(nodes)
    sources = {step: _sources(step, nodes, steps) for step in steps}
    order: list[Step] = []
    state: dict[Step, bool] = {}  # absent: not seen; False: on the way down; True: placed
    for step in steps:
        _place(step, sources, state, order)
    return tuple(order)


def _steps(nodes: Sequence[Node]) -> dict[Step, None]:
    found: dict[Step, None] = {}
    for node in nodes:
        if node.relevant is not None:
            found[node.number, "relevant"] = None
        if node.count is not None:
            found[node.number, "count"] = None
        if node.calculate is not None:
            found[node.number, "calculate"] = None
    return found


def _sources(step: Step, nodes: Sequence[Node], steps: Mapping[Step, None]) -> list[Step]:
    """Give the steps before ``step``: of the nodes it reads, of what these stand in, of what it stands in itself."""
    number, aspect = step
    found: dict[Step, None] = {}
    for above in _ancestors(number, nodes)[1:]:
        found[above, "relevant"] = found[above, "count"] = None
    for use in nodes[number].uses.get(aspect, ()):
        found[use.node, "calculate"] = None
        if aspect != "calculate" and number in _ancestors(use.node, nodes):
            raise Circle([step, step])  # it would hide, or take out, what decides whether it is there
        if aspect == "calculate" and use == Use(number, _nearest_repeat(number, nodes)):
            raise Circle([step, step])  # in the same instance
        for above in _ancestors(use.node, nodes):
            found[above, "relevant"] = found[above, "count"] = None
    found.pop((number, "calculate"), None)  # of itself, or of an earlier instance of its own repeat
    found.pop((number, "relevant"), None)
    if aspect == "relevant":
        found[number, "count"] = None  # what a count adds is to be shown or hidden after
    return [source for source in found if source in steps and source != step]


def _nearest_repeat(number: int, nodes: Sequence[Node]) -> int:
    return next((above for above in _ancestors(number, nodes) if nodes[above].kind == "repeat"), ROOT)


def _ancestors(number: int, nodes: Sequence[Node]) -> list[int]:
    found = [number]
    while (parent := nodes[found[-1]].parent) is not None:
        found.append(parent)
    return found


def _place(start: Step, sources: Mapping[Step, list[Step]], state: dict[Step, bool], order: list[Step]) -> None:
    """Place ``start`` after its sources; a walk with its own stack, since chains can be thousands long."""
    if start in state:
        return
    trail: list[tuple[Step, int]] = [(start, 0)]
    state[start] = False
    while trail:
        step, place = trail.pop()
        if place == len(sources[step]):
            state[step] = True
            order.append(step)
            continue
        trail.append((step, place + 1))
        source = sources[step][place]
        if source not in state:
            state[source] = False
            trail.append((source, 0))
        elif not state[source]:
            names = [one for one, _ in trail]
            raise Circle([*names[names.index(source) :], source])
