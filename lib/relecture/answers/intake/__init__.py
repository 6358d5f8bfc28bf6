"""Questionnaires of survey tools read as drafts of ours."""
