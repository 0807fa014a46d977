// What a person sees of a page. Loaded into each page before it is used; text nodes are counted once, when first seen.
(() => {
  const seen = new WeakSet();
  // What a status says again is no news: else the count would go by how fast the machine saves.
  const said = new Set();
  const LISTS = new Set(["red_flags", "precautions", "unsure", "groups"]);
  const main = () => document.querySelector("main") || document.body;

  const small = (element) => {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      const box = one.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1) return getComputedStyle(one).overflow !== "visible";
    }
    return false;
  };
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !small(element);

  const words = (text) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

  // A part of a form that asks for signs and precautions and nothing else.
  const listed = (element) => {
    for (let one = element; one && one.tagName !== "FORM" && one.tagName !== "MAIN"; one = one.parentElement) {
      const names = [...one.querySelectorAll("input, select, textarea")].map((field) => field.name);
      if (names.some((name) => LISTS.has(name)) && names.every((name) => LISTS.has(name) || name.startsWith("none_")))
        return true;
    }
    return false;
  };
  const part = (element) => {
    for (let one = element; one && one.tagName !== "MAIN"; one = one.parentElement)
      if (one.matches("fieldset, section, details, article > div, main > *, form > *, header")) {
        const head = one.querySelector("legend, h1, h2, h3, summary, label") || one;
        return head.textContent.trim().replace(/\s+/g, " ").slice(0, 60);
      }
    return "";
  };

  window.effort = {
    look(height) {
      const found = { words: 0, listed: 0, parts: {} };
      const walker = document.createTreeWalker(main(), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        const element = node.parentElement;
        const option = element.closest("option");
        const count = words(node.data);
        if (!count || seen.has(node) || element.closest("script, style, template")) continue;
        if (element.closest("[role=status]") && said.has(node.data)) continue;
        if (option ? !option.selected || !shown(option.closest("select")) : !shown(element)) continue;
        const range = document.createRange();
        range.selectNodeContents(option ? option.closest("select") : node);
        if (range.getBoundingClientRect().top + scrollY >= height) continue;
        seen.add(node);
        if (element.closest("[role=status]")) said.add(node.data);
        found.words += count;
        if (listed(element)) found.listed += count;
        const name = part(element);
        found.parts[name] = (found.parts[name] || 0) + count;
      }
      return found;
    },
    // The bar at the foot of the screen takes from each screen.
    bar() {
      const bars = [...document.querySelectorAll("nav")].filter(
        (nav) => getComputedStyle(nav).position === "fixed" && shown(nav));
      return bars.length ? bars[0].getBoundingClientRect().height : 0;
    },
    height() {
      return document.documentElement.scrollHeight;
    },
    visible(element) {
      const label = element.closest("label") || (element.id && document.querySelector(`label[for="${element.id}"]`));
      const opened = element.matches("input[type=radio], input[type=checkbox]") ? label || element : element;
      return shown(opened);
    },
    // The questions of the form that the page is for, in order.
    fields(selector) {
      const form = document.querySelector(selector);
      const found = new Map();
      for (const one of form ? form.elements : []) {
        if (!one.name || one.type === "hidden" || one.tagName === "BUTTON" || one.tagName === "FIELDSET") continue;
        const entry = found.get(one.name) || { name: one.name, kind: one.type, values: [], visible: false, answered: false };
        entry.values.push(one.value);
        entry.visible ||= window.effort.visible(one);
        entry.answered ||= one.type === "radio" || one.type === "checkbox" ? one.checked : one.value !== "";
        found.set(one.name, entry);
      }
      return [...found.values()];
    },
  };
})();
