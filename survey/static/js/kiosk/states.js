// What a kiosk can be doing, and what may follow what. The page is in exactly one of these states.

export const FOLLOWS = {
  attract: { start: "procedures", staff: "pin" },
  procedures: { chosen: "questionnaire", home: "attract", over: "attract", staff: "pin" },
  questionnaire: { kept: "thanks", home: "attract", over: "attract", staff: "pin" },
  thanks: { home: "attract", over: "attract", staff: "pin" },
  pin: { passed: "menu", home: "attract", over: "attract", staff: "pin" },
  menu: { home: "attract", over: "attract" },
};

// States in which somebody may have left something on the screen: they end by themselves.
export const WATCHED = new Set(["procedures", "questionnaire", "pin", "menu"]);

export function machine(enter) {
  let state = "attract";
  return {
    get state() {
      return state;
    },
    // Does nothing when the event means nothing now: a second tap on a button that has done its work.
    on(event, detail) {
      const next = FOLLOWS[state][event];
      if (next === undefined) return false;
      state = next;
      enter(state, detail);
      return true;
    },
  };
}
