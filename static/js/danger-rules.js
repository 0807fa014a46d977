// Which danger signs the answers raise, and whom to call: what the server decides (quiz/safety.py, quiz/help_lines.py),
// by the same rules, with no network. Pure. Answers that the rules do not know are no "no danger sign": a fault is thrown.

// The answers name ids under the keys that the server has: conditions, red_flags, precautions, unsure, groups.
export function derive(answers, rules) {
  for (const id of answers.groups) entry({ ...rules.sign_groups, ...rules.precaution_groups }, id);
  const signs = possible(answers, rules.signs, rules.sign_groups, ["red_flags"]);
  const raised = new Map();
  for (const id of answers.red_flags) raise(id, [`red_flags:${id}`], { derived: false });
  for (const { sign, because } of derived(answers, signs, rules)) raise(sign, because, {});
  for (const [group, members] of tickedGroups(answers, rules.sign_groups)) {
    for (const id of members) raise(id, [`groups:${group}`], { inGroup: group });
  }

  function raise(id, because, { derived = true, inGroup = "" }) {
    if (!raised.has(id)) raised.set(id, { id, urgency: entry(rules.signs, id).urgency, because, derived, inGroup });
  }

  const inOrder = rules.urgencies.flatMap((urgency) => Object.keys(rules.signs).filter((id) => rules.signs[id].urgency === urgency));
  return inOrder.filter((id) => raised.has(id)).map((id) => raised.get(id));
}

// "none", or the most urgent of signs that `derive` gave.
export function strictest(signs, rules) {
  return rules.urgencies.find((urgency) => signs.some((one) => one.urgency === urgency)) || "none";
}

// The numbers that stand at these signs together. What the most urgent one asks for comes first; no country is "".
export function phonesFor(signs, country, rules) {
  const kinds = new Set(signs.flatMap(({ id }) => entry(rules.signs, id).call));
  return [...kinds].flatMap((kind) => {
    const byCountry = entry(rules.phones, kind);
    return byCountry[country || ""] || byCountry["*"];
  });
}

// A file that was cut short or is another's must not read as "nothing known". Gives the rules, or throws.
export function checked(rules) {
  const { content, urgencies, signs, sign_groups, precautions, precaution_groups, derived, phones } = rules;
  const names = [content, ...Object.keys(signs), ...Object.keys(precautions), ...Object.keys(sign_groups)];
  if (!names.every(Boolean) || !Object.keys(signs).length || !derived.length) throw new Error("rules: nothing in them");
  for (const { urgency, call } of Object.values(signs)) {
    if (!urgencies.includes(urgency)) throw new Error(`rules: no such urgency: ${urgency}`);
    for (const kind of call) if (!phones[kind]?.[""] || !phones[kind]["*"]) throw new Error(`rules: no numbers: ${kind}`);
  }
  for (const id of Object.values(sign_groups).flat()) entry(signs, id);
  for (const id of Object.values(precaution_groups).flat()) entry(precautions, id);
  for (const { sign, needs } of derived) {
    entry(signs, sign);
    if (!needs.length || !needs.every((names) => names.length)) throw new Error(`rules: needs nothing: ${sign}`);
  }
  return rules;
}

function* derived(answers, signs, rules) {
  const told = new Map();
  const tell = (name, because) => told.set(name, [...(told.get(name) || []), because]);
  for (const [id, because] of possible(answers, rules.precautions, rules.precaution_groups, ["precautions", "unsure"])) {
    tell(`precautions:${id}`, because);
    for (const trait of rules.precautions[id]) tell(`traits:${trait}`, because);
  }
  for (const [id, because] of signs) tell(`red_flags:${id}`, because);
  for (const id of answers.conditions) tell(`conditions:${id}`, `conditions:${id}`);
  for (const { sign, needs } of rules.derived) {
    const because = needs.map((names) => names.flatMap((name) => told.get(name) || []));
    // One group may hold several of them.
    if (because.every((one) => one.length)) yield { sign, because: [...new Set(because.flat())] };
  }
}

// Each that is or may be true, and the answer that says so; what was ticked first.
function possible(answers, known, groups, keys) {
  const held = new Map();
  const hold = (id, because) => entry(known, id) && !held.has(id) && held.set(id, because);
  for (const key of keys) for (const id of answers[key]) hold(id, `${key}:${id}`);
  for (const [group, members] of tickedGroups(answers, groups)) for (const id of members) hold(id, `groups:${group}`);
  return held;
}

function tickedGroups(answers, groups) {
  return Object.entries(groups).filter(([group]) => answers.groups.includes(group));
}

function entry(known, id) {
  if (!Object.hasOwn(known, id)) throw new Error(`rules: no such id: ${id}`);
  return known[id];
}
