"""Every table of the app, known to its metadata: what moves or rewrites all rows imports this."""

import acupwa.db.attempts
import acupwa.db.presses
import acupwa.person.queued_press_store
import acupwa.person.store
import acupwa.planner.store
import acupwa.practice.accounts.store
import acupwa.practice.links.store
import acupwa.practice.sharing.follow_up.store
import acupwa.practice.sharing.notes.store
import acupwa.practice.sharing.proposals.store
import acupwa.practice.sharing.shares.store
import acupwa.practice.sharing.views.store
import acupwa.practice.trail.store
import acupwa.quiz.store
import acupwa.reading.store
import acupwa.reminders.store  # noqa: F401
