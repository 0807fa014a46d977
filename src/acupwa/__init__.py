"""Acupwa: acupuncture beside usual care, for people with an autoimmune condition."""

__version__ = "0.1.0"
