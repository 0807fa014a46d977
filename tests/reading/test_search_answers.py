"""What patients ask, in their own words, leads first to the page with the answer."""

from __future__ import annotations

import pytest

from acupwa.reading.search import find
from acupwa.reading.search_index import index_of


@pytest.fixture(scope="module")
def index(library):
    return index_of(library)


def best(index, question, number):
    return [index.docs[place][0] for place in find(index, question).places[:number]]


ANSWERED_ON = {
    "vaccine this week": "/read/questions-about-medicines-and-safety",
    "flu jab": "/read/questions-about-medicines-and-safety",
    "infusion tomorrow": "/read/questions-about-medicines-and-safety",
    "steroid injection": "/read/questions-about-medicines-and-safety",
    "cortisone shot in my knee": "/read/questions-about-medicines-and-safety",
    "after an operation": "/read/questions-about-medicines-and-safety",
    "surgery": "/read/questions-about-medicines-and-safety",
    "dry needling": "/read/questions-and-answers",
    "my physio needles": "/read/questions-and-answers",
    "breastfeeding": "/read/needles-and-pregnancy",
    "can i breastfeed": "/read/needles-and-pregnancy",
    "nursing my baby": "/read/needles-and-pregnancy",
    "trying for a baby": "/read/needles-and-pregnancy",
    "contraception": "/read/needles-and-pregnancy",
    "every two weeks": "/read/how-often-and-how-long",
    "fortnightly": "/read/how-often-and-how-long",
    "once a month": "/read/how-often-and-how-long",
    "first appointment": "/read/your-first-visit",
    "Sjögren": "/read/another-autoimmune-condition",
    "sjogrens": "/read/another-autoimmune-condition",
    "ankylosing spondylitis": "/read/another-autoimmune-condition",
    "graves": "/read/another-autoimmune-condition",
    "crohns": "/read/another-autoimmune-condition",
    "type 1 diabetes": "/read/another-autoimmune-condition",
    "what is autoimmune disease": "/read/what-autoimmune-disease-is",
    "herbs": "/read/beside-your-medicines",
    "herbal medicine": "/read/beside-your-medicines",
    "st johns wort": "/read/beside-your-medicines",
    "echinacea": "/read/beside-your-medicines",
    "wheelchair": "/read/questions-and-answers",
    "home visit": "/read/questions-and-answers",
    "cannot lie flat": "/read/questions-and-answers",
    "where to complain": "/read/questions-about-medicines-and-safety",
    "report a bad acupuncturist": "/read/questions-about-medicines-and-safety",
    "complaint": "/read/questions-about-medicines-and-safety",
    "hepatitis": "/read/questions-about-medicines-and-safety",
    "hiv": "/read/questions-about-medicines-and-safety",
    "dirty needles": "/read/questions-about-medicines-and-safety",
    "new hip": "/read/needles-and-implants",
    "knee replacement": "/read/needles-and-implants",
    "artificial joint": "/read/needles-and-implants",
    "breast implant": "/read/needles-and-implants",
    "defibrillator": "/read/needles-and-implants",
    "give blood": "/read/questions-about-medicines-and-safety",
    "blood donor": "/read/questions-about-medicines-and-safety",
    "i have a cold should i take my biologic": "/read/needles-and-lowered-immunity",
    "circulation": "/claims/better-circulation",
    "blood flow": "/claims/better-circulation",
    "ear seeds": "/read/questions-and-answers",
    "electro or plain": "/read/questions-and-answers",
    "flare after needles": "/read/questions-about-medicines-and-safety",
    "can needles set off a flare": "/read/questions-about-medicines-and-safety",
    "blood test biotin": "/read/questions-about-medicines-and-safety",
    "before my scan": "/read/questions-about-medicines-and-safety",
    "how long qualified": "/read/questions-and-answers",
    "talking therapy": "/read/questions-and-answers",
    "nickel allergy": "/read/needles-and-skin",
    "no spleen": "/read/needles-and-lowered-immunity",
    "antibiotics": "/read/needles-and-lowered-immunity",
    "aspirin": "/read/needles-and-blood-thinners",
    "clopidogrel": "/read/needles-and-blood-thinners",
    "haemophilia": "/read/needles-and-blood-thinners",
    "what should i wear": "/read/your-first-visit",
    "insurance": "/read/what-it-costs",
    "too expensive": "/read/what-it-costs",
}


@pytest.mark.parametrize("question", ANSWERED_ON)
def test_what_patients_ask_leads_first_to_the_page_with_the_answer(index, question):
    assert best(index, question, 1) == [ANSWERED_ON[question]]


@pytest.mark.parametrize("question", ["methotrexate and infection", "infection on my biologic"])
def test_an_infection_on_a_medicine_leads_to_its_sign_and_then_to_the_page(index, question):
    assert best(index, question, 2) == ["/emergency#fever-on-immunosuppressant", "/read/needles-and-lowered-immunity"]


@pytest.mark.parametrize("question", ["steroid injection", "biologic injection", "methotrexate injection"])
def test_an_injection_is_no_slip_for_an_infection(index, question):
    assert not find(index, question).danger
