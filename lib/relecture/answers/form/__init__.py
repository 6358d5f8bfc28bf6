"""The questionnaire as a form of widgets in JupyterLab, page by page."""
