// A fault goes once its field is answered, and with the last one the summary of faults. The server looks again at the end.
export default function start(form) {
  const summary = document.getElementById("error-summary");
  if (!summary) return;
  form.addEventListener("input", ({ target }) => {
    for (const link of summary.querySelectorAll("a")) {
      const field = document.getElementById(link.hash.slice(1));
      if (!field?.contains(target)) continue;
      link.closest("li").remove();
      document.getElementById(`${field.id}-error`)?.remove();
      field.removeAttribute("aria-invalid");
    }
    if (summary.querySelector("li")) return;
    summary.remove();
    document.title = form.dataset.title;
  });
}
