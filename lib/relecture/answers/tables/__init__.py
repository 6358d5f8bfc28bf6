"""Tables that files hold: texts in columns under headers, whatever the kind of file; no idea of a questionnaire."""
