"""Delete what has passed its time, now; the server does it once an hour."""

from acupwa.db.encryption import KeyRing
from acupwa.db.engine import make_engine
from acupwa.db.migrate import need_current
from acupwa.db.work import Work
from acupwa.mydata.retention import purge_all
from acupwa.settings import Settings


def purge(settings: Settings) -> str:
    """Delete now what retention says; returns one line about how much. Raises DatabaseBehind."""
    work = Work(make_engine(settings.database_url), KeyRing(settings.secret_keys))
    try:
        need_current(work.engine)
        counts = work.run(purge_all, settings.draft_days, settings.person_days)
    finally:
        work.close()
    return ", ".join(f"{name}: {count}" for name, count in counts.items())
