// Gives a file to whoever stands in front: as a download, named by place and day.

const LINGER = 60_000; // milliseconds until the browser may forget the content

export function saveFile(file, place) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `phieu-${place}-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LINGER);
}
