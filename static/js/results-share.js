// Where a phone can share a file, the link to the PDF opens its share sheet; everywhere else it stays that link.
export default function start(link) {
  const name = `${link.dataset.name}.pdf`;
  const type = "application/pdf";
  if (!navigator.canShare?.({ files: [new File([""], name, { type })] })) return;
  const said = document.getElementById("results-said");
  let file;

  async function share() {
    said.textContent = file ? "" : said.dataset.wait;
    try {
      file ??= new File([await fetchPdf()], name, { type });
    } catch {
      said.textContent = said.dataset.failed;
      return;
    }
    said.textContent = "";
    try {
      await navigator.share({ files: [file] });
    } catch (fault) {
      // The press was too long ago by the time the file was here: it is at hand for the next one.
      if (fault.name === "NotAllowedError") said.textContent = said.dataset.again;
      else if (fault.name !== "AbortError") location.href = link.href;
    }
  }

  async function fetchPdf() {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(answer.status);
    return answer.blob();
  }

  link.addEventListener("click", (event) => {
    event.preventDefault();
    share();
  });
}
