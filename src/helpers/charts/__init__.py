"""Frames in, figures out: charts, one module a subject. They read nothing and save nothing."""
