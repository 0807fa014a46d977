"""How we say things: the list of `voice.yaml`, and all that people read held to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from tools.i18n import sentences

from acupwa.content_check.voice import VoiceRule, load_voice, voice_faults
from acupwa.wording import CONTENT

ROOT = Path(__file__).parents[2]
VOICE = load_voice(CONTENT)
SLUG = "a-page"
PAGE = "---\ntitle: A page\n---\n\n## A heading\n\nA first paragraph.\n\n{words}\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "en"
    for one in ("reading", "studies", "popular"):
        (folder / one).mkdir(parents=True)
    (folder / "voice.yaml").write_text((CONTENT / "en" / "voice.yaml").read_text())
    return tmp_path


def told(content: Path) -> list[str]:
    return [f"{fault.file}: {fault.place}: {fault.reason}" for fault in voice_faults(content)]


@pytest.mark.parametrize("rule", VOICE, ids=lambda rule: rule.id)
def test_each_kind_is_refused_in_a_page_and_its_better_wording_is_not(rule: VoiceRule, content: Path):
    page = content / "en" / "reading" / f"{SLUG}.md"
    page.write_text(PAGE.format(words=rule.like))
    assert any(f"({rule.id})" in line and "paragraph 3" in line for line in told(content))

    page.write_text(PAGE.format(words=rule.say))
    assert told(content) == []


@pytest.mark.parametrize("rule", VOICE, ids=lambda rule: rule.id)
def test_each_kind_is_refused_in_a_yaml_file_and_over_a_line_break(rule: VoiceRule, content: Path):
    entry = [{"id": "one", "finding": "It is known. " + rule.like.replace(" ", "\n", 3)}]
    (content / "en" / "studies" / "a.yaml").write_text(yaml.safe_dump(entry))
    assert any(line.startswith("studies/a.yaml: one.finding: ") and f"({rule.id})" in line for line in told(content))


def test_what_others_wrote_is_left_as_it_is(content: Path):
    study = [
        {"id": "one", "title": "Pediatric visits: the proof is weak", "authors": "Gray A", "finding": "It helped."}
    ]
    (content / "en" / "studies" / "a.yaml").write_text(yaml.safe_dump(study))
    claim = [{"id": "two", "claim": "Your illness is likelier to end.", "short": "Not shown."}]
    (content / "en" / "popular" / "b.yaml").write_text(yaml.safe_dump(claim))
    assert told(content) == []


def test_a_page_asks_once_to_keep_one_s_medicines(content: Path):
    page = content / "en" / "reading" / f"{SLUG}.md"
    page.write_text(PAGE.format(words="Keep taking your medicines."))
    assert told(content) == []
    page.write_text(PAGE.format(words="Keep taking your medicines.\n\nGo on with your usual treatment."))
    assert any("says 2 times to keep" in line for line in told(content))


def test_a_language_without_a_list_is_not_held_to_ours(tmp_path: Path):
    (tmp_path / "de" / "reading").mkdir(parents=True)
    assert list(voice_faults(tmp_path, "de")) == []


def test_what_ships_is_worded_so():
    assert [f"{fault.file}: {fault.place}: {fault.reason}" for fault in voice_faults(CONTENT)] == []


def test_the_interface_is_worded_so():
    found = [
        f"{message.locations[0]}: “{match[0]}” ({rule.id})"
        for message in sentences()
        for words in ([message.id] if isinstance(message.id, str) else message.id)
        for rule in VOICE
        if (match := rule.found_in(words))
    ]
    assert found == []


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "docs/content.md", "docs/safety.md", "docs/privacy.md"])
def test_the_papers_are_worded_so(name: str):
    text = re.sub(r"```.*?```|`[^`]*`", "", (ROOT / name).read_text(), flags=re.DOTALL)
    found = [
        f"“{match[0]}” ({rule.id})" for part in text.split("\n\n") for rule in VOICE if (match := rule.found_in(part))
    ]
    assert found == []


def test_the_words_page_shows_the_list():
    section = (ROOT / "docs" / "words.md").read_text().partition("## Say, and not")[2]
    written = re.findall(r"^\| (.+?) \| (.+?) \|$", section, re.M)[1:]
    assert written == [(rule.say, rule.like) for rule in VOICE]
