"""Reminders on a phone: when one is due, what it may say, and how it is sent."""
