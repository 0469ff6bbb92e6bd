"""What the converter (pyxform 4.5) says, and our words for it: the commonest of its refusals, as a table."""

import re
from dataclasses import dataclass

__all__ = ["ERRORS", "Saying", "saying"]


@dataclass(frozen=True)
class Saying:
    """A sentence of the converter, and ours for it; places in braces are the groups of the pattern."""

    pattern: re.Pattern[str]
    code: str
    message: str
    remedy: str
    sheet: str = "survey"
    column: str = ""


def saying(pattern: str, code: str, message: str, remedy: str, *, sheet: str = "survey", column: str = "") -> Saying:
    """Write one line of the table."""
    return Saying(re.compile(pattern, re.DOTALL), code, message, remedy, sheet, column)


_NAME_RULE = "Begin it with a letter or _, and go on with letters, digits, _, - or full stops only."

ERRORS = (
    saying(
        r"Missing calculation",
        "calculation-missing",
        "A calculate row has no calculation.",
        "Write one, or take the row out.",
        column="calculation",
    ),
    saying(
        r"Question with no type",
        "type-missing",
        "This row has no type.",
        "Write a type, such as text, or clear the row.",
        column="type",
    ),
    saying(
        r"(?:Question or group|Repeat|Group) with no name",
        "name-missing",
        "This row has no name.",
        "Write a name that no other question beside it has.",
        column="name",
    ),
    saying(
        r"Unmatched 'end_(?P<kind>\w+)'",
        "end-without-begin",
        "This “end {kind}” ends nothing.",
        "Delete the row, or let it end what was begun: group with group, repeat with repeat.",
        column="type",
    ),
    saying(
        r"Unmatched 'begin_(?P<kind>\w+)'",
        "begin-without-end",
        "This {kind} is never ended.",
        "Add a row “end {kind}” after its last question.",
        column="type",
    ),
    saying(
        r"'name' value '(?P<name>[^']*)' is invalid.*unique within",
        "name-twice",
        "The name “{name}” is used twice in one place.",
        "Give one of the two another name.",
        column="name",
    ),
    saying(
        r"'name' value '(?P<name>[^']*)' is invalid.*Repeat names must uniq?u?e? ?",
        "name-twice",
        "The repeat “{name}” has the name of another repeat.",
        "Give one of the two another name.",
        column="name",
    ),
    saying(
        r"'name' value '(?P<name>[^']*)' is invalid.*survey root",
        "name-reserved",
        "The name “{name}” is that of the form itself.",
        "Give the repeat another name.",
        column="name",
    ),
    saying(
        r"'name' value 'meta' is invalid",
        "name-reserved",
        "The name “meta” is kept for what the form says of itself.",
        "Give the row another name.",
        column="name",
    ),
    saying(
        r"On the '(?P<sheet>\w+)' sheet, the '(?P<column>[\w (),-]+)' value is invalid\. Names must begin",
        "name-invalid",
        "This is not a name that a form can use.",
        _NAME_RULE,
    ),
    saying(
        r"On the 'choices' sheet, the 'name' value is invalid. Choices must have a name",
        "choice-nameless",
        "This choice has no name.",
        "Write a short name: it is what will be stored.",
        sheet="choices",
        column="name",
    ),
    saying(
        r"Choice names must be unique",
        "choice-twice",
        "This choice has the name of another one in its list.",
        "Give it another name; or write yes under allow_choice_duplicates in the settings, if both are meant.",
        sheet="choices",
        column="name",
    ),
    saying(
        r"Could not find the name '(?P<name>[^']*)'",
        "name-unknown",
        "The form has no question “{name}”.",
        "Correct the name between the braces, or add the question.",
    ),
    saying(
        r"The name '(?P<name>[^']*)' appears more than once",
        "name-ambiguous",
        "More than one question has the name “{name}”, so this does not say which is meant.",
        "Rename one of them.",
    ),
    saying(
        r"Reference variables must start with",
        "reference-unreadable",
        "A name in ${{…}} is not complete.",
        "Write it as ${{name}}, with both braces and nothing else inside.",
    ),
    saying(
        r"Reference variable lists must have a comma",
        "reference-unreadable",
        "The names in this cell run together.",
        "Write a comma between them.",
    ),
    saying(
        r"parameter '(?P<name>[^']*)' must be a number",
        "range-unreadable",
        "The parameter {name} of a range must be a number.",
        "Write, for example, start=1 end=10 step=1.",
        column="parameters",
    ),
    saying(
        r"Parameters must be in the form",
        "parameters-unreadable",
        "The parameters can't be read.",
        "Write them as name=value, with a space between two.",
        column="parameters",
    ),
    saying(
        r"accepted parameter keys for this question type are '(?P<accepted>[^']*)'.*key\(s\): '(?P<rejected>[^']*)'",
        "parameters-unknown",
        "This type has no parameter {rejected}.",
        "Use one of: {accepted}.",
        column="parameters",
    ),
    saying(
        r"the parameter '(?P<name>[^']*)' (?P<rule>must [^.]*)",
        "range-unreadable",
        "The parameter {name} of this range {rule}.",
        "Write, for example, start=1 end=10 step=1.",
        column="parameters",
    ),
    saying(
        r"The same instance id will be generated.*Instance name: '(?P<list>[^']*)'",
        "list-named-twice",
        "The name “{list}” stands for a list of the choices and for a file, so this does not say which is meant.",
        "Rename the list, or the file.",
    ),
    saying(
        r"List name not in external choices sheet: (?P<list>\S+)",
        "list-unknown",
        "The sheet external_choices has no list “{list}”.",
        "Correct the name of the list, or add its choices there.",
        column="type",
    ),
    saying(
        r"List name not in (?:choices|columns) sheet: (?P<list>\S+)",
        "list-unknown",
        "The sheet choices has no list “{list}”.",
        "Correct the name of the list, or add its choices.",
        column="type",
    ),
    saying(
        r"File name for '(?P<type>[^']*)' should end with",
        "list-file-type",
        "“{type}” does not name a list file.",
        "Save the list as .csv and write its name with the ending.",
        column="type",
    ),
    saying(
        r"Please specify choices for this 'or other'",
        "list-unknown",
        "This question has no choices.",
        "Add its list to the sheet choices.",
        column="type",
    ),
    saying(
        r"Choice filter not supported with or_other",
        "or-other-filtered",
        "A question with or_other can't have a choice_filter.",
        "Take “or_other” away and add a choice “other” and a text question.",
        column="type",
    ),
    saying(
        r"There should be an external_choices sheet",
        "sheet-missing",
        "The form has no sheet external_choices.",
        "Add it with the columns list_name, name and label, or use select_one.",
        column="type",
    ),
    saying(
        r"'save_to' value is invalid. To save entity",
        "entities-missing",
        "The column save_to is used, but no entity is declared.",
        "Add the sheet entities with list_name and label.",
        column="save_to",
    ),
    saying(
        r"'save_to' value is invalid. (?P<why>.*?) Either (?P<what>.*)",
        "save-to-invalid",
        "{why}",
        "Either {what}",
        column="save_to",
    ),
    saying(
        r"'save_to' value is invalid. (?P<why>.*?)Please either: (?P<what>.*)",
        "save-to-invalid",
        "{why}",
        "Either {what}",
        column="save_to",
    ),
    saying(
        r"the entity declaration is invalid. (?P<why>.*?)Please either: (?P<what>.*)",
        "entity-invalid",
        "{why}",
        "Either {what}",
        sheet="entities",
    ),
    saying(
        r"Audits must always be named",
        "audit-named",
        "A row of the type audit has a name of its own.",
        "Leave its name blank, or take the row out: a browser keeps no audit.",
        column="name",
    ),
    saying(
        r"Headers that are different names for the same column were found: '(?P<one>[^']*)', '(?P<other>[^']*)'",
        "heading-twice",
        "The headings “{one}” and “{other}” mean the same column.",
        "Keep one of the two.",
    ),
    saying(
        r"sheet: '(?P<sheet>\w+)'.*required column headers were not found: (?P<missing>.*?)\. ",
        "heading-missing",
        "The sheet {sheet} has no column {missing}.",
        "Add the column; its heading stands in the first row.",
    ),
    saying(
        r"Invalid headers provided for sheet: '(?P<sheet>\w+)'",
        "heading-missing",
        "The first row of the sheet {sheet} holds no headings.",
        "Write the headings, such as type, name and label, in the first row.",
    ),
)
