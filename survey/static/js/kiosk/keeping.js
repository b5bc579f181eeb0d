// Where a kiosk's answers go: into the outbox, which sends them; straight to the server where the browser refuses to
// store anything. An answer is only thanked for when one of the two has it.

import * as outbox from "../outbox.js";

const PATIENCE = 15_000; // milliseconds for a direct answer

export async function keeping({ address, changed }) {
  const box = await outbox.open({ sealed: true }).catch(() => null);

  async function direct(record) {
    const response = await fetch(address + record.id, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(record.body),
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) throw new Error(`not taken: ${response.status}`);
  }

  // Rejects when nobody has the answer: then it stays on the screen.

  async function keep(record) {
    if (box) {
      try {
        await box.add(record);
        box.flush();
        return;
      } catch {
        // the disk is full, or storage was taken away while we ran
      }
    }
    await direct(record);
  }

  async function state() {
    if (!box) return { direct: true, count: 0, oldest: null, aside: [] };
    const [count, oldest, aside] = await Promise.all([box.count(), box.oldest(), box.setAside()]);
    return { direct: false, count, oldest, aside };
  }

  const tell = async () => changed(await state());
  box?.onChange(tell);
  await tell();
  return { keep, state, flush: async () => box?.flush(), retry: async () => box?.retry(), exported: async () => (box ? box.exportFile() : null) };
}
