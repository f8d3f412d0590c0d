// One visit, one entry in the browser's history. Streamlit makes an entry for each parameter that a
// page writes into its address, so "back" would have to be pressed once for each. What a page adds
// when it opens, and all that changes within a scene of a lesson, takes the place of the entry that
// is there; whatever else changes makes a new one, as ever.

const SOON = 1000; // ms, within which a page's path follows its first parameters

export default function () {
  if (history.pushState.visits) return;
  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  let last = { href: "", time: 0, over: "" }; // `over`: the address whose entry was taken
  const pushed = (state, title, url) => {
    const before = new URL(location.href), after = new URL(url ?? "", before);
    const { over } = last.href === before.href && performance.now() - last.time < SOON ? last : { over: null };
    const late = over !== null && before.search && before.search === after.search;
    const same = late ? !over : sameVisit(before, after);
    if (late && over) replace(state, title, over);
    (same ? replace : push)(state, title, url);
    last = { href: location.href, time: performance.now(), over: same ? over ?? before.href : "" };
  };
  pushed.visits = true;
  history.pushState = pushed;
}

/** Whether one address completes another, or both are of one scene. */
function sameVisit(before, after) {
  const [was, is] = [before.searchParams, after.searchParams];
  const kept = (name) => is.getAll(name).join("\n") === was.getAll(name).join("\n");
  if (was.has("lesson") && was.has("scene") && kept("lesson") && kept("scene")) return true;
  const door = before.pathname.endsWith("/"); // it leads to the first page, or to a lesson's
  return (door || before.pathname === after.pathname) && [...was.keys()].every(kept);
}
