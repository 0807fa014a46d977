// A small button reads a question and its answers with the phone's own voice. Where there is none, there is no button:
// another voice would send the words out.
const QUESTION = ".rating, .choices";
const SILENT = "button, .error, input, .rating-row label, .rating-skip";

export default function start(form) {
  const speech = window.speechSynthesis;
  const button = document.getElementById("quiz-listen")?.content.firstElementChild;
  if (!speech || !window.SpeechSynthesisUtterance || !button) return;
  const meet = () => {
    const voice = ownVoice(speech);
    if (!voice || form.querySelector(".quiz-listen")) return;
    for (const question of form.querySelectorAll(QUESTION)) offer(question, button.cloneNode(true), voice, speech);
  };
  speech.addEventListener?.("voiceschanged", meet);
  addEventListener("pagehide", () => speech.cancel());
  meet();
}

// Every voice of WebKit is the phone's own, whatever it says of them.
function ownVoice(speech) {
  const language = document.documentElement.lang.slice(0, 2);
  const own = speech.getVoices().filter((voice) => voice.lang.slice(0, 2).toLowerCase() === language)
    .filter((voice) => voice.localService || navigator.vendor.startsWith("Apple"));
  return own.find((voice) => voice.default) || own.find((voice) => navigator.languages.includes(voice.lang)) || own[0];
}

function offer(question, button, voice, speech) {
  question.classList.add("quiz-heard");
  question.querySelector("legend").after(button);
  let spoken = null;
  button.addEventListener("click", () => {
    const going = spoken && speech.speaking;
    speech.cancel();
    spoken = null;
    if (going) return;
    spoken = new SpeechSynthesisUtterance(wordsOf(question));
    spoken.voice = voice;
    spoken.lang = voice.lang;
    speech.speak(spoken);
  });
}

function wordsOf(question) {
  const copy = question.cloneNode(true);
  for (const one of copy.querySelectorAll(SILENT)) one.remove();
  // A question that several share stands above them.
  const about = (question.getAttribute("aria-describedby") || "").split(" ").map((id) => document.getElementById(id));
  const said = [...about.filter((one) => one && !question.contains(one)), ...copy.querySelectorAll("legend, p, .choice")];
  const parts = said.map((one) => one.textContent.replace(/\s+/g, " ").trim());
  return parts.filter(Boolean).map((one) => (/[.?!]$/.test(one) ? one : `${one}.`)).join(" ");
}
