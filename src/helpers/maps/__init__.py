"""Frames and layers in, figures out: maps. They read nothing and save nothing."""
