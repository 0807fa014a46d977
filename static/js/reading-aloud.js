// Reads the page with the phone's own voice, sentence by sentence, and marks the sentence that it reads.
import { opens } from "./panel.js";
import { sentencesOf } from "./reading-sentences.js";
import { keep, kept } from "./storage.js";

const SPEED = "reading-speed";

export default function start(panel) {
  const speech = window.speechSynthesis;
  if (!speech || !window.SpeechSynthesisUtterance) return;
  const reader = new Reader(panel, speech);
  // Some browsers know their voices only after a while.
  speech.addEventListener?.("voiceschanged", () => reader.meet());
  reader.meet();
}

class Reader {
  constructor(panel, speech) {
    this.panel = panel;
    this.speech = speech;
    this.article = panel.closest("article");
    this.said = panel.querySelector("[role=status]");
    this.speed = panel.querySelector("select");
    this.mark = window.Highlight ? new Highlight() : null;
    this.forget();
  }

  // Voices of the page's language. One on the phone is always taken before one that sends the words out.
  meet() {
    const language = document.documentElement.lang.slice(0, 2);
    const voices = this.speech.getVoices().filter((voice) => voice.lang.slice(0, 2).toLowerCase() === language);
    const own = voices.filter((voice) => voice.localService);
    const known = own.length ? own : voices;
    this.voice = known.find((voice) => voice.default) || known.find((voice) => navigator.languages.includes(voice.lang)) || known[0];
    this.panel.querySelector(".aloud-network").hidden = Boolean(own.length);
    if (this.voice && !this.close) this.open();
  }

  open() {
    this.close = opens(this.panel, (open) => {
      if (!open) this.stop();
      else if (this.voice.localService) this.play();
    });
    this.speed.value = kept("localStorage", SPEED) || "1";
    if (!this.speed.value) this.speed.value = "1";
    const acts = { play: () => (this.playing ? this.pause() : this.play()), back: () => this.step(-1), next: () => this.step(1), stop: this.close };
    this.panel.addEventListener("click", (event) => acts[event.target.closest("button")?.value]?.());
    this.speed.addEventListener("change", () => {
      keep("localStorage", SPEED, this.speed.value);
      if (this.playing) this.play();
    });
    this.article.addEventListener("change", (event) => {
      // Another length is another text.
      if (event.target.name === "length") this.stop();
    });
    addEventListener("pagehide", () => this.stop());
  }

  play() {
    this.sentences ||= sentencesOf(this.article);
    const sentence = this.sentences[this.place];
    if (!sentence) return this.close();
    this.hush();
    this.show(sentence);
    const utterance = new SpeechSynthesisUtterance(sentence.words);
    utterance.voice = this.voice;
    utterance.lang = this.voice.lang;
    utterance.rate = Number(this.speed.value);
    utterance.onend = () => utterance === this.utterance && this.step(1);
    utterance.onerror = () => utterance === this.utterance && this.fail();
    // Kept, because Chromium forgets to say when it has ended if nobody holds it.
    this.utterance = utterance;
    this.state(true);
    this.speech.speak(utterance);
  }

  // Not the browser's own pause: on Android that one cannot go on. A sentence is begun again instead.
  pause() {
    this.hush();
    this.state(false);
  }

  step(by) {
    this.sentences ||= sentencesOf(this.article);
    this.place = Math.max(0, this.place + by);
    if (this.place >= this.sentences.length) return this.close();
    if (this.playing) this.play();
    else this.show(this.sentences[this.place]);
  }

  stop() {
    this.hush();
    this.state(false);
    this.unmark();
    this.forget();
  }

  fail() {
    this.pause();
    this.said.textContent = this.said.dataset.failed;
  }

  hush() {
    this.utterance = null;
    this.speech.cancel();
  }

  forget() {
    this.sentences = null;
    this.place = 0;
  }

  state(playing) {
    this.playing = playing;
    this.said.textContent = "";
    const button = this.panel.querySelector("[value=play]");
    button.textContent = playing ? button.dataset.pause : button.dataset.play;
  }

  show({ range, block }) {
    this.unmark();
    const fold = block.closest("details.reading-fold");
    if (fold) fold.open = true;
    if (this.mark) {
      this.mark.add(range);
      CSS.highlights.set("aloud", this.mark);
    } else {
      block.classList.add("aloud-now");
    }
    const { top, bottom } = range.getBoundingClientRect();
    // Seen means: below the player, which stays at the top, and above the bar.
    const high = this.panel.getBoundingClientRect().bottom;
    if (top < high || bottom > innerHeight * 0.8) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      scrollBy({ top: top - Math.max(high, 0) - innerHeight * 0.15, behavior: calm ? "instant" : "smooth" });
    }
  }

  unmark() {
    this.mark?.clear();
    for (const block of this.article.querySelectorAll(".aloud-now")) block.classList.remove("aloud-now");
  }
}
