"""What the converter (pyxform 4.5) warns of, and our words for it, as a table."""

from server.forms.sayings import saying

__all__ = ["WARNINGS"]

WARNINGS = (
    saying(
        r"Choices should have a label",
        "choice-unlabelled",
        "This choice has no label, so people see nothing to choose.",
        "Write a label.",
        sheet="choices",
        column="label",
    ),
    saying(
        r"'choices' sheet, the '(?P<heading>[^']*)' value is invalid. Column headers",
        "heading-invalid",
        "The heading “{heading}” has a space in it, so no expression can read the column.",
        "Write _ instead.",
        sheet="choices",
    ),
    saying(
        r"case-insensitive match",
        "name-alike",
        "This name differs from another one in capitals only.",
        "Some programs take them for one; rename one of the two.",
        column="name",
    ),
    saying(
        r"or_other and translations",
        "other-untranslated",
        "The choice “Other” of or_other is in English in every language.",
        "Write the choice and a text question of your own.",
    ),
    saying(
        r"The 'disabled' column",
        "heading-old",
        "The column “disabled” is from an older dialect.",
        "Use relevant instead.",
        column="disabled",
    ),
    saying(
        r"(?P<kind>Group|Repeat) has no label",
        "label-missing",
        "This {kind} has no label.",
        "Write one if people should see where they are.",
        column="label",
    ),
    saying(
        r"Row without name, text, or label",
        "row-skipped",
        "This row has neither name nor label and is passed over.",
        "Clear it, or complete it.",
    ),
    saying(
        r"form_id and id_string",
        "setting-twice",
        "The settings have both form_id and id_string, an older name of the same.",
        "Keep form_id.",
        sheet="settings",
    ),
    saying(
        r"select one external is only meant",
        "external-unfiltered",
        "select_one_external is meant for lists that are filtered.",
        "Add a choice_filter, or use select_one.",
        column="choice_filter",
    ),
    saying(
        r"looking for a sheet named '(?P<wanted>\w+)'.*found: '(?P<found>[^']*)'",
        "sheet-misnamed",
        "The sheet “{found}” is not read.",
        "If it holds the {wanted}, name it “{wanted}”.",
        sheet="",
    ),
)
