"""Printed numbers gathered as frames, for tables and figures."""
