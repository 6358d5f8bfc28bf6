"""What survey tools add around answers: their marks, their columns, the rows that are no answer."""
