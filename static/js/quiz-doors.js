// A group that is closed with something ticked inside asks first. Until then it stays open, and what is ticked counts.
export default function start(form) {
  for (const still of form.querySelectorAll(".door-still")) {
    still.querySelector(".buttons").hidden = false;
    still.addEventListener("click", (event) => answer(still.closest(".door"), event.target.closest("button")?.value));
  }
}

function answer(door, said) {
  if (!said) return;
  const row = door.querySelector('[name="groups"]');
  if (said === "keep") row.checked = true;
  else for (const one of door.querySelectorAll(".door-inside :checked")) one.checked = false;
  row.focus();
  row.dispatchEvent(new Event("change", { bubbles: true }));
}
