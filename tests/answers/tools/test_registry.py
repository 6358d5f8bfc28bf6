"""tools.yaml says what is known of each tool, and every format has one."""

from relecture.answers.formats.registry import FORMATS
from relecture.answers.tools import not_answers, registry


def test_the_tools_and_their_labels():
    assert [tool.label for tool in registry.tools().values()] == [
        "ODK Central", "KoboToolbox", "LimeSurvey", "REDCap", "Google Forms", "Microsoft Forms", "Sphinx", "SurveyJS",
        "Relecture", "Excel",
    ]  # fmt: skip


def test_every_format_has_a_tool_and_every_tool_a_format():
    assert {tool.format for tool in registry.tools().values()} == set(FORMATS)


def test_what_a_tool_says_can_be_used():
    for tool in registry.tools().values():
        assert tool.marks and {rule.kind for rule in tool.rows} <= set(not_answers.ROWS)
        assert set(tool.boxes.values()) <= {"0", "1"}
    assert len(registry.persons()) == len(set(registry.persons()))
