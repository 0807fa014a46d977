// What is folded opens when a link leads to it, and on paper; without a script the browser and the style sheet do most of it.
export default function start(article) {
  const reach = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && article.contains(target) && target.closest("details:not([open])");
    if (!fold) return;
    fold.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reach);
  // A second tap on the same link changes no address.
  article.addEventListener("click", (event) => event.target.closest("a[href^='#']") && setTimeout(reach));
  reach();

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...article.querySelectorAll("details.reading-fold:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
}
