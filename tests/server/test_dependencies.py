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
        ("preceding::a", ["a"]),
        ("/data/g/b/preceding::a", ["a"]),
        ("count(/data/g/following::n)", ["n"]),
        ("string(/data/a/following::r)", ["m", "n", "r"]),
        ("count(following::a)", []),
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
    with pytest.raises(FormRefused) as caught:
        logic(bind(path, rule, expression))
    assert [problem.code for problem in caught.value.problems] == ["circle"]


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
    with pytest.raises(FormRefused) as caught:
        logic(count="count(/data/r) + 1")
    assert [problem.code for problem in caught.value.problems] == ["circle"]


def test_what_is_read_in_other_instances_is_read_before_and_after_alike() -> None:
    nodes = logic(bind("r/n", "calculate", "concat(following::m, preceding::m, preceding::a, following::a)"))["nodes"]
    read = next(node for node in nodes if node["name"] == "n")["uses"]["calculate"]
    assert [(nodes[number]["name"], scope) for number, scope in read] == [("m", 0), ("a", 0)]


def test_circle_by_following_and_preceding_is_refused() -> None:
    binds = (bind("a", "calculate", "following::b"), bind("g/b", "calculate", "preceding::a"))
    with pytest.raises(FormRefused, match="in a circle"):
        logic(*binds)


def chosen(*rules: str, choice_filter: str = "", label: str = "A") -> dict[str, Any]:
    """Compile a form with a question ``s`` whose choices are narrowed, a question ``t`` and a calculation ``c``."""
    words = f"<text id='a'><value>{label}</value></text>"
    items = "<instance id='l'><root><item><name>a</name><itextId>a</itextId></item></root></instance>"
    model = f"<itext><translation lang='en'>{words}</translation></itext>"
    model += f"<instance><data id='f' version='1'><s/><t/><c/></data></instance>{items}{''.join(rules)}"
    itemset = f'<itemset nodeset="instance(\'l\')/*/item{choice_filter}"><value ref="name"/>'
    body = f'<h:body><select1 ref="/data/s">{itemset}<label ref="jr:itext(itextId)"/></itemset></select1></h:body>'
    form = f"<h:html {NAMESPACES}><h:head><h:title>T</h:title><model>{model}</model></h:head>{body}</h:html>"
    made: dict[str, Any] = json.loads(compile_xform(form).logic_text)
    return made


OF_T = "<output value='/data/t'/>"
NAMING = bind("c", "calculate", "jr:choice-name('a', '/data/s')")


@pytest.mark.parametrize(("choice_filter", "label"), [("[name = /data/t]", "A"), ("", OF_T), ("", f"A {OF_T}")])
def test_label_of_a_choice_reads_what_decides_it(choice_filter: str, label: str) -> None:
    nodes = chosen(NAMING, choice_filter=choice_filter, label=label)["nodes"]
    assert [nodes[number]["name"] for number, _ in nodes[3]["uses"]["calculate"]] == ["s", "t"]


@pytest.mark.parametrize(
    ("choice_filter", "label"),
    [
        ("[/data/c != 'A']", "A"),
        ("", "<output value='/data/c'/>"),
        ("[jr:choice-name('a', '/data/s') = 'A']", "A"),
        ("", '<output value=\'jr:choice-name("a", "/data/s")\'/>'),
    ],
)
def test_label_of_a_choice_that_depends_on_itself_is_refused(choice_filter: str, label: str) -> None:
    with pytest.raises(FormRefused) as caught:
        chosen(NAMING, choice_filter=choice_filter, label=label)
    assert {problem.code for problem in caught.value.problems} == {"circle"}


@pytest.mark.parametrize("question", ["concat('/data/', 's')", "'/data/s[1]'", "'1 +'", "if(true(), /data/s, /data/t)"])
def test_question_of_a_label_that_is_no_path_is_refused(question: str) -> None:
    with pytest.raises(FormRefused) as caught:
        chosen(bind("c", "calculate", f"jr:choice-name('a', {question})"))
    assert [problem.code for problem in caught.value.problems] == ["value-for-nodes"]
