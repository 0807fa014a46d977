// The sentences of a page as one reads it: what is shown, in order, without the numbers of sources.
const READ = ".reading-head h1, .reading-box, .reading-short, .reading-text";
const BLOCK = "h1, h2, h3, p, li, dt, dd, th, td, figcaption, summary";
const SILENT = ".reading-cite, svg, small, figcaption a, [aria-hidden=true], .claim-studies";

export function sentencesOf(article) {
  const sentences = [];
  for (const part of article.querySelectorAll(READ)) {
    for (const block of part.matches(BLOCK) ? [part] : part.querySelectorAll(BLOCK)) {
      // What is folded is read too, as the voice opens it.
      const shown = block.closest("details:not([open])") || block;
      if (shown.getClientRects().length) sentences.push(...ofBlock(block));
    }
  }
  return sentences;
}

// The text of a block in one string, with the place of each piece, so that a sentence can be marked across them.
function ofBlock(block) {
  const pieces = [];
  let words = "";
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent.closest(SILENT) || parent.closest(BLOCK) !== block) continue;
    pieces.push({ node, from: words.length });
    words += node.data;
  }
  return split(words)
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
    .map(({ text, from }) => ({
      words: text.replace(/\s+/g, " ").trim(),
      range: rangeOf(pieces, from, from + text.length),
      block,
    }));
}

function split(words) {
  if (!window.Intl?.Segmenter) return [{ text: words, from: 0 }];
  const segments = new Intl.Segmenter(document.documentElement.lang, { granularity: "sentence" }).segment(words);
  return [...segments].map(({ segment, index }) => {
    const text = segment.trim();
    return { text, from: index + segment.indexOf(text) };
  });
}

function rangeOf(pieces, from, to) {
  const range = document.createRange();
  const at = (place) => pieces.findLast((piece) => piece.from < place) || pieces[0];
  const first = pieces.findLast((piece) => piece.from <= from);
  const last = at(to);
  range.setStart(first.node, from - first.from);
  range.setEnd(last.node, to - last.from);
  return range;
}
