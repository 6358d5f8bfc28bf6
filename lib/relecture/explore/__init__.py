"""What one asks at the keyboard: a study, its numbers, findings and answers, each shown short in French."""
