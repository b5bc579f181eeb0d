// A list that does not fit turns its pages, because a kiosk never scrolls. Fits again when the space changes: another
// size of text, another way of holding the tablet.

// `list` has a height of its own that its rows do not change; `previous` and `next` are buttons. → {first(), stop()}
export function pages(list, { previous, next }) {
  let starts = [0];
  let end = 0;

  const overflows = () => list.scrollHeight > list.clientHeight + 1 || list.scrollWidth > list.clientWidth + 1;

  // Hide from the end until the rest fits; a single row stays whatever its size.
  function fit() {
    const rows = Array.from(list.children);
    const start = starts.at(-1);
    for (const [index, row] of rows.entries()) row.hidden = index < start;
    end = rows.length;
    while (end > start + 1 && overflows()) rows[(end -= 1)].hidden = true;
    return end < rows.length;
  }

  function draw() {
    previous.hidden = starts.length === 1;
    next.hidden = true;
    if (!fit()) return;
    next.hidden = false; // it takes space itself
    fit();
  }

  function turn(to) {
    starts = to;
    draw();
    list.querySelector(":scope > :not([hidden]) button, :scope > button:not([hidden])")?.focus({ preventScroll: true });
  }

  const watching = new ResizeObserver(draw);
  watching.observe(list);
  next.addEventListener("click", () => turn([...starts, end]));
  previous.addEventListener("click", () => turn(starts.slice(0, -1)));
  return {
    first() {
      starts = [0];
      draw();
    },
    stop: () => watching.disconnect(),
  };
}
