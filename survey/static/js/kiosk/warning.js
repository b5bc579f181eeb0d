// The warning that stands before everything when nobody answers any more: how many seconds are left, and two buttons.

export function warning({ stage, root, stay, leave }) {
  let dialog = null;

  function open() {
    root.replaceChildren(stage.copy("warning"));
    dialog = root.querySelector("dialog");
    dialog.querySelector("[data-stay]").addEventListener("click", stay);
    dialog.querySelector("[data-leave]").addEventListener("click", leave);
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault(); // Escape means what the big button means
      stay();
    });
    dialog.showModal();
    dialog.querySelector("[data-stay]").focus();
  }

  return {
    show(seconds) {
      if (!dialog) open();
      dialog.querySelector("[data-seconds]").textContent = seconds;
    },
    hide() {
      dialog?.close();
      root.replaceChildren();
      dialog = null;
    },
  };
}
