"""Which pages concern a person, and in which order. Pure.

Order: safety that the answers raise; safety for their condition; safety for everyone; other pages on what was
ticked; their main symptom in their condition; about their condition; their main symptom; other symptoms, the
worse first; the rest.
Someone under 16, or with no diagnosis yet, gets safe general reading only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from acupwa.library.model import Library, PageHead, ReadingPage
from acupwa.quiz.model import Answers
from acupwa.quiz.reason import Reason
from acupwa.quiz.replaced_ratings import keys_of_symptom
from acupwa.quiz.safety import possible_precautions, possible_signs
from acupwa.reading.reasons import FOR_EVERYONE

_RED_FLAG, _PRECAUTION, _CONDITION_SAFETY, _SAFETY = range(4)
_TICKED, _MAIN_IN_CONDITION, _CONDITION, _MAIN, _SYMPTOM, _REST_OF_CONDITION, _REST = range(4, 11)
_KINDS = {"overview": 0, "evidence": 1, "needles": 2, "general": 3}
_GROUPS = {"condition": 0, "safety": 1, "the-course": 2, "how-it-works": 3, "deciding": 4}


class ListedPage(msgspec.Struct, frozen=True):
    """A page on a person's list. `because` are the answers that put it there; `why` says it where no answer did."""

    slug: str
    because: tuple[Reason, ...]
    why: str = ""


class _Placed(msgspec.Struct, frozen=True):
    tier: int
    because: tuple[Reason, ...]
    severity: tuple[int, ...] = ()


class _Held(msgspec.Struct, frozen=True):
    """Danger signs and precautions that are or may be true, with the answer that says so."""

    signs: Mapping[str, Reason]
    precautions: Mapping[str, Reason]


def rank(answers: Answers, library: Library) -> tuple[ListedPage, ...]:
    """The list for these answers."""
    held = _Held(possible_signs(answers, library), possible_precautions(answers, library))
    heads = {page.slug: _with_every_key(page.head, library) for page in library.pages.values()}
    placed = {slug: found for slug, head in heads.items() if (found := _place(head, answers, held)) is not None}
    slugs = sorted(
        placed,
        key=lambda slug: (
            placed[slug].tier,
            # Falling; the terminator puts (9, 8) before (9,).
            (*(-rating for rating in placed[slug].severity), 1),
            _standing(library.pages[slug], answers),
        ),
    )
    return tuple(ListedPage(slug, placed[slug].because) for slug in slugs)


def _with_every_key(head: PageHead, library: Library) -> PageHead:
    """A page on a symptom concerns whoever rated it, under the name that was asked then."""
    keys = dict.fromkeys(key for one in head.symptoms for key in keys_of_symptom(one, library))
    return msgspec.structs.replace(head, symptoms=tuple(keys))


def _place(head: PageHead, answers: Answers, held: _Held) -> _Placed | None:
    """Where a page stands for these answers; None when it does not concern the person."""
    only_general = _only_general(answers)
    if only_general is not None and not head.general:
        return None
    mine = tuple(one for one in answers.conditions if one in head.conditions)
    if (head.conditions and not mine) or (head.ages and answers.age_band not in head.ages):
        return None
    if only_general is not None and (head.ages or "none-yet" in mine):
        # Written for exactly these people: the one page that must not be missed.
        return _Placed(_RED_FLAG if head.safety else _REST, (only_general,))
    flags = _because(head.red_flags, held.signs)
    precautions = _because(head.precautions, held.precautions)
    if flags or precautions:
        tier = _RED_FLAG if flags else _PRECAUTION
        return _Placed(tier if head.safety else _TICKED, flags + precautions)
    if only_general is not None:
        return _Placed(_SAFETY if head.safety else _REST, (only_general,))
    return _place_by_condition_and_symptom(head, answers, _reasons("conditions", mine))


def _place_by_condition_and_symptom(head: PageHead, answers: Answers, conditions: tuple[Reason, ...]) -> _Placed | None:
    if head.safety and conditions:
        return _Placed(_CONDITION_SAFETY, conditions)
    if head.safety:
        # One about a precaution or a danger sign that was not ticked does not concern the person.
        ticked_only = bool(head.precautions or head.red_flags) and not head.general
        return None if ticked_only else _Placed(_SAFETY, (FOR_EVERYONE,))
    if answers.main_symptom is not None and answers.main_symptom in head.symptoms:
        main = (Reason("main_symptom", answers.main_symptom),)
        return _Placed(_MAIN_IN_CONDITION if conditions else _MAIN, main + conditions)
    if conditions and head.kind != "general":
        return _Placed(_CONDITION, conditions)
    rated = _rated(head, answers)
    if rated:
        because = _reasons("ratings", (key for key, _ in rated))
        return _Placed(_SYMPTOM, because + conditions, tuple(rating for _, rating in rated))
    if conditions:
        return _Placed(_REST_OF_CONDITION, conditions)
    return _Placed(_REST, (FOR_EVERYONE,)) if _for_all(head) else None


def _because(ids: Iterable[str], held: Mapping[str, Reason]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(held[one] for one in ids if one in held))


def _reasons(kind: str, ids: Iterable[str]) -> tuple[Reason, ...]:
    return tuple(Reason(kind, id) for id in ids)


def _only_general(answers: Answers) -> Reason | None:
    """The reason why a person gets general reading only, if there is one."""
    if answers.age_band == "under-16":
        return Reason("age_band", "under-16")
    if "none-yet" in answers.conditions:
        return Reason("conditions", "none-yet")
    return None if answers.conditions else FOR_EVERYONE


def _for_all(head: PageHead) -> bool:
    return head.general or not (head.conditions or head.symptoms or head.precautions or head.red_flags)


def _rated(head: PageHead, answers: Answers) -> list[tuple[str, int]]:
    """The page's symptoms that the person has, the worst first."""
    found = [(key, answers.ratings.get(key) or 0) for key in head.symptoms]
    return sorted((one for one in found if one[1] > 0), key=lambda one: -one[1])


def _standing(page: ReadingPage, answers: Answers) -> tuple[bool, bool, int, int, int, int, str]:
    """What decides between equals. The person's condition first; none of it depends on a rating."""
    head = page.head
    first = [answers.conditions.index(one) for one in head.conditions if one in answers.conditions]
    return (
        not first,
        not head.general,
        min(first, default=0),
        _KINDS[head.kind],
        _GROUPS[head.group],
        head.order,
        page.slug,
    )
