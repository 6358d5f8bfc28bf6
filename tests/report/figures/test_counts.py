"""Recruitment, group sizes and tallies: every number is written, and what is lost is not guessed."""

import pytest
from matplotlib.patches import Rectangle

from relecture.answers.files.validation import FileSummary
from relecture.report.figures import counts
from relecture.report.figures.counts import FlowStep

WORDS = {"title": "Ce que l'on voit", "alt": "Une figure."}


def test_splits_name_the_declared_and_the_best_sizes(drawn, written, samples):
    words = written(drawn(counts.splits, samples.splits, declared=21, n=81))
    assert "répartition du tableau : 21 et 60 (4 lignes)" in words
    assert "le plus de lignes : 37 et 44, et une autre (9 lignes)" in words


def test_mirrored_sizes_are_no_other_pair(drawn, written, samples):
    mirrored = samples.splits.replace({"split": {38: 44}})  # 81 = 37 + 44
    words = written(drawn(counts.splits, mirrored, declared=21, n=81))
    assert "le plus de lignes : 37 et 44 (9 lignes)" in words


def test_flow_dashes_what_is_lost_and_never_guesses_it(drawn, written, samples):
    canvas = drawn(counts.flow, samples.steps)
    boxes = [patch for patch in canvas.axes[0].patches if isinstance(patch, Rectangle)]
    assert [box.get_linestyle() != "-" for box in boxes] == [True] + [False] * 5
    words = written(canvas)
    assert words.count("effectif perdu dans le texte") == 1
    assert words.count("n = ") == 5


def test_flow_keeps_each_text_inside_its_box(drawn, texts, samples):
    canvas = drawn(counts.flow, samples.steps)
    frames = [patch.get_window_extent() for patch in canvas.axes[0].patches if isinstance(patch, Rectangle)]
    for text in (text for text in canvas.axes[0].texts if text.get_text()):
        inside = text.get_window_extent()
        assert any(f.x0 < inside.x0 and inside.x1 < f.x1 and f.y0 < inside.y0 and inside.y1 < f.y1 for f in frames)


def test_flow_refuses_a_step_that_hangs_from_nothing(samples):
    with pytest.raises(ValueError, match="Orphelin"):
        counts.flow([*samples.steps, FlowStep("Orphelin", "3", "Inconnu")], **WORDS)


def test_rows_of_a_file_are_boxes_below_their_number():
    left = {"jamais_envoyee": 20, "double": 1}
    steps = counts.rows_read(FileSummary("", "", "csv", "", "", 102, left, (), (), ()))
    assert [(step.label, step.count) for step in steps] == [
        ("Lignes du fichier", "102"), ("Jamais envoyées", "20"), ("En double", "1"), ("Réponses", "81")
    ]  # fmt: skip
    assert {step.parent for step in steps[1:]} == {"Lignes du fichier"}
