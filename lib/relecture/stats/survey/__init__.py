"""Questions of a survey counted, compared and put beside what was printed."""
