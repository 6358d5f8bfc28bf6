"""The questionnaire: items, choices, conditions, missing codes, its file and its checks."""
