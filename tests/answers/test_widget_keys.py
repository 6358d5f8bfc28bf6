"""The box that keeps its keys; what it does in a real JupyterLab is held by tests/browser/test_explorer.py."""

from ipywidgets import Dropdown, VBox

from relecture.answers.widget_keys import keyboard


def test_the_children_follow_a_hidden_style():
    choice = Dropdown(options=["oui", "non"], description="Avis")
    box = keyboard([choice], ".autre { margin: 0 }")
    assert isinstance(box, VBox) and box.children[1:] == (choice,)
    assert box.children[0].layout.display == "none"
    assert "outline" in box.children[0].value and ".autre { margin: 0 }" in box.children[0].value
    assert box._dom_classes == ("relecture-keys",)


def test_the_script_names_the_box_and_fits_in_its_attribute():
    script = keyboard([]).children[0].value.partition('onload="')[2].partition('">')[0]
    assert "closest('.relecture-keys')" in script and script.endswith("'status')) })")
