// A panel and the button that opens it, both hidden until a script works them. Returns a way to close the panel.
export function opens(panel, changed = () => {}) {
  const button = document.querySelector(`[aria-controls="${panel.id}"]`);
  const show = (open) => {
    if (!open && panel.contains(document.activeElement)) button.focus();
    panel.hidden = !open;
    button.setAttribute("aria-expanded", open);
    changed(open);
  };
  button.hidden = false;
  button.addEventListener("click", () => show(panel.hidden));
  return () => show(false);
}
