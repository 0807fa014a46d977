// A moment on this phone's clock, in the language of the page and as the reader's country writes it.
export function whenWords(moment) {
  const locale = localeHere();
  const at = new Date(moment);
  const year = at.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year }).format(at);
  return `${day}, ${new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(at)}`;
}

export function localeHere() {
  const { lang } = document.documentElement;
  return navigator.languages.find((one) => one.split("-")[0] === lang.split("-")[0]) || lang;
}
