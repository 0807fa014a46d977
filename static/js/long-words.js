// Names of medicines and illnesses that are longer than a small phone is wide at twice the text size: where they may break.
// Not every browser divides words by itself, and where none is divided they break at any letter.
const PARTS = /\b(anti|cyclo|hydroxy|immuno|myco|phospho|propyl)(?=[a-z]{7})/gi;

export default function start(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { currentNode } = texts;
    const { data } = currentNode;
    const broken = data.replace(PARTS, "$1\u00ad");
    if (broken !== data && !currentNode.parentElement.closest("script, textarea")) currentNode.data = broken;
  }
}
