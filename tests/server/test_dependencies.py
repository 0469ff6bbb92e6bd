"""What the compiler says an expression reads: phones work out again what reads what has changed, and nothing else."""

import json
from typing import Any

import pytest

from server.forms.compile import compile_xform
from server.forms.problems import FormRefused

NAMESPACES = 'xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
INSTANCE = "<a/><g><b/><c/></g><r><n/><m/></r><out/>"


def logic(*binds: str, count: str = "") -> dict[str, Any]:
    """Compile a form with a question, a group, a repeat and a calculation ``out``."""
    counted = f' xmlns:jr="http://openrosa.org/javarosa" jr:count="{count}"' if count else ""
    model = f'<instance><data id="f" version="1">{INSTANCE}</data></instance>{"".join(binds)}'
    body = f'<h:body><group ref="/data/r"><repeat nodeset="/data/r"{counted}/></group></h:body>'
    form = f"<h:html {NAMESPACES}><h:head><h:title>T</h:title><model>{model}</model></h:head>{body}</h:html>"
    made: dict[str, Any] = json.loads(compile_xform(form).logic_text)
    return made


def bind(path: str, rule: str, expression: str) -> str:
    return f'<bind nodeset="/data/{path}" {rule}="{expression}"/>'


def read_by(expression: str, path: str = "out", rule: str = "calculate") -> list[str]:
    """Name the nodes that an expression reads."""
    nodes = logic(bind(path, rule, expression))["nodes"]
    node = next(node for node in nodes if node["name"] == path.rpartition("/")[2])
    return sorted(nodes[number]["name"] for number, _ in node["uses"][rule])


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("/data/a", ["a"]),
        ("string(/data/g)", ["b", "c", "g"]),
        ("count(/data/g)", ["g"]),
        ("count-non-empty(/data/r)", ["m", "n", "r"]),
        ("(/data/r)[m = /data/a]/n", ["a", "m", "n", "r"]),
        ("(/data/g | /data/r)/*", ["b", "c", "g", "m", "n", "r"]),
        ("/data/a/text()", ["a"]),
        ("count(/data/a/*)", []),
    ],
)
def test_expression_reads_what_can_change_its_value(expression: str, names: list[str]) -> None:
    assert read_by(expression) == names


def test_indexed_repeat_means_all_instances_from_inside_one_of_them() -> None:
    expression = "indexed-repeat(/data/r/n, /data/r, position(/data/r/n/..) - 1)"
    nodes = logic(bind("r/m", "calculate", expression))["nodes"]
    _, _, node, repeat, _ = next(node for node in nodes if node["name"] == "m")["calculate"]
    assert node == ["path", "/", ["child", "data"], ["child", "r"], ["child", "n"]]
    assert repeat == ["path", "/", ["child", "data"], ["child", "r"]]


@pytest.mark.parametrize(
    ("path", "rule", "expression"),
    [
        ("a", "calculate", ". + 1"),
        ("a", "calculate", "concat(/data/a, 'x')"),
        ("a", "calculate", "string-length()"),
        ("r/n", "calculate", "../n + 1"),
        ("g/b", "calculate", "string(..)"),
        ("a", "relevant", "/data/a = 1"),
        ("g", "relevant", "/data/g/b = 1"),
    ],
)
def test_expression_that_reads_itself_is_refused(path: str, rule: str, expression: str) -> None:
    with pytest.raises(FormRefused, match="in a circle"):
        logic(bind(path, rule, expression))


def test_running_total_reads_itself_in_another_instance_and_is_no_circle() -> None:
    expression = "../n + indexed-repeat(/data/r/m, /data/r, position(..) - 1)"
    assert logic(bind("r/m", "calculate", expression))["order"] == [[7, "calculate"]]


def test_count_comes_after_what_it_reads_and_before_what_is_inside() -> None:
    binds = (
        bind("a", "calculate", "1 + 1"),
        bind("r", "relevant", "/data/g/b"),
        bind("r/n", "calculate", "position(..)"),
    )
    made = logic(*binds, bind("out", "calculate", "sum(/data/r/n)"), count="/data/a")
    names = [(made["nodes"][number]["name"], aspect) for number, aspect in made["order"]]
    assert names.index(("a", "calculate")) < names.index(("r", "count")) < names.index(("r", "relevant"))
    assert names.index(("r", "relevant")) < names.index(("n", "calculate")) < names.index(("out", "calculate"))


def test_count_that_reads_its_own_instances_is_refused() -> None:
    with pytest.raises(FormRefused, match="in a circle"):
        logic(count="count(/data/r) + 1")
