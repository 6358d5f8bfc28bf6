"""How results are shown: frames and numbers in, French tables, figures and pages out. Nothing is computed here."""
