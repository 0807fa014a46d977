// Which ratings stand open at once, and which can be added: as on the screens of the quiz (quiz/rules.py::ratings_at_once).
const MOST_OWN_AT_ONCE = 2;

export function makeRatings(form) {
  const fold = form.querySelector(".quiz-add");
  const place = fold.closest(".quiz-set");
  const all = [...place.querySelectorAll(".rating")];

  // For whom each one is, is marked before.
  return () => {
    const first = openAtOnce(form, all.filter((one) => !one.hidden));
    const more = all.filter((one) => !first.includes(one));
    put(place.querySelectorAll(":scope > .rating"), first, (ones) => fold.before(...ones));
    put(fold.querySelectorAll(".rating"), more, (ones) => fold.append(...ones));
    const inside = [...fold.querySelectorAll(".rating, .field")].filter((one) => !one.closest("[hidden]:not(.quiz-add)"));
    fold.hidden = !inside.length;
    if (inside.some(isAnswered)) fold.open = true;
  };
}

// One that is moved would lose the focus, so none is moved for nothing.
function put(there, wanted, move) {
  if ([...there].some((one, at) => one !== wanted[at]) || there.length !== wanted.length) move(wanted);
}

// Nobody is asked the same twice: what was named as closest to the main problem is left once that has its number.
function openAtOnce(form, asked) {
  const chosen = (name) => [...form.querySelectorAll(`[name="${name}"]:checked`)].map(({ value }) => value);
  const named = `ratings.${chosen("main_symptom")[0]}`;
  const hasNumber = chosen("ratings.problem").some((value) => value !== "skip");
  const mine = new Set(chosen("conditions"));
  const whom = (one) => (one.dataset.first || "").split(" ");
  const isNamed = (one) => one.querySelector("input").name === named;
  const left = asked.filter((one) => !(hasNumber && isNamed(one)));
  const everyones = left.filter((one) => whom(one).includes("everyone"));
  const own = left.filter((one) => !everyones.includes(one) && (isNamed(one) || whom(one).some((id) => mine.has(id))));
  const most = [...own.filter(isNamed), ...own.filter((one) => !isNamed(one))].slice(0, MOST_OWN_AT_ONCE);
  return left.filter((one) => everyones.includes(one) || most.includes(one));
}

function isAnswered(one) {
  return one.querySelector(":checked") || one.querySelector("input[type=text]")?.value;
}
