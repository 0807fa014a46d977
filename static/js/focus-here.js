// Takes the focus to what has just changed, so that a screen reader says it.
export default function start(place) {
  place.focus();
}
