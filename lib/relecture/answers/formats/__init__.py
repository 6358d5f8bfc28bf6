"""Questionnaires written for survey tools, and how these tools give answers back."""
