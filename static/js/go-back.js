// "No, go back" goes where the browser's own Back goes, so that what was typed and ticked there stands as it did.
export default function start(link) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || document.referrer !== link.href || history.length < 2) return;
    event.preventDefault();
    history.back();
  });
}
