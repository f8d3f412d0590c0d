// The bar of a lesson that is given, and its keys. Data:
//   heard: number of the last request that the server has answered,
//   scene: number of the scene, from 0,
//   scenes: [{title, link, waits}], `waits` where a question is not answered yet,
//   choices: how many choices its question has,
//   unfolded: whether the page shows its controls,
//   words: {contents, back, next, full, window, unfold, fold, leave, place}.
// A request, as trigger `act`: {n, to: scene} | {n, show: scene} | {n, guess: choice} |
//   {n, unfold: true or false} | {n, leave: true}; `n` numbers them.

const BARS = new WeakMap();  // the element that Streamlit gives -> the bar in it
const STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
const PAGES = ["PageDown", "PageUp"];  // what a presenter's remote sends
const STREAMLIT = ["r", "c", "a"];  // keys that it would take itself: `c` clears everyone's cache
const TYPED = "input:not([type=button], [type=checkbox], [type=radio], [type=range]), textarea, [contenteditable]:not([contenteditable=false])";
const CHOSEN = "input, select, [role=slider], [role=spinbutton], [role=radio], [role=option], [role=listbox], [role=combobox], [role=tab], [role=menuitem]";

export default function ({ parentElement, data, setTriggerValue }) {
  const kept = BARS.get(parentElement);
  if (kept) {
    kept.update(data);
    return kept.end;
  }
  const made = bar(parentElement, data, (request) => setTriggerValue("act", request));
  BARS.set(parentElement, made);
  return made.end;
}

function bar(parent, first, send) {
  let data = first, sent = first.heard, at = standing(first), tabbed = false;
  const node = (tag, set = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), set);
    made.append(...inside);
    return made;
  };
  const button = (act) => node("button", { type: "button", onclick: act });
  const back = button(() => step(-1)), next = button(() => step(1));
  const full = button(fullScreen), fold = button(() => ask({ unfold: !data.unfolded }));
  const leave = button(() => ask({ leave: true }));
  const contents = button(() => open(list.hidden));
  full.className = "wide-only";
  const place = node("span", { className: "place" });
  const list = node("ol", { className: "contents", hidden: true });
  const root = node("nav", { className: "bar" }, list, contents, back, place, next, fold, full, leave);
  parent.append(root);

  function ask(request) {
    sent += 1;
    send({ n: sent, ...request });
  }

  function to(scene) {
    if (scene < 0 || scene >= data.scenes.length || scene === at.scene) return;
    at = { ...at, scene };
    ask({ to: scene });
    draw();
  }

  /** Forward shows an answer that is waited for before it goes on. */
  function step(by) {
    if (by > 0 && at.waits[at.scene]) {
      at.waits[at.scene] = false;
      ask({ show: at.scene });
    } else to(at.scene + by);
  }

  function onKey(event) {
    const { key } = event;
    tabbed = tabbed || key === "Tab";
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (taken(event, tabbed)) return;
    const act = action(key);
    if (!act && !STREAMLIT.includes(key.toLowerCase())) return;
    event.stopImmediatePropagation();
    if (!act) return;
    event.preventDefault();
    if (!event.repeat) act();
  }

  function action(key) {
    if (STEPS[key]) return () => step(STEPS[key]);
    if (key === "Home") return () => to(0);
    if (key === "End") return () => to(data.scenes.length - 1);
    if (key === "f") return fullScreen;
    const choice = Number(key) - 1;
    if (key.trim() && choice >= 0 && choice < data.choices && at.waits[at.scene] && at.scene === data.scene)
      return () => { at.waits[at.scene] = false; ask({ guess: choice }); };
    return null;
  }

  function open(wanted) {
    list.hidden = !wanted;
    contents.setAttribute("aria-expanded", String(wanted));
    if (wanted) list.querySelector("[aria-current]")?.focus();
  }

  function draw() {
    const { words, scenes } = data, last = scenes.length - 1;
    contents.textContent = words.contents;
    back.textContent = words.back;
    next.textContent = words.next;
    full.textContent = document.fullscreenElement ? words.window : words.full;
    fold.textContent = data.unfolded ? words.fold : words.unfold;
    leave.textContent = words.leave;
    back.disabled = at.scene === 0;
    next.disabled = at.scene === last && !at.waits[last];
    place.textContent = `${at.scene + 1} / ${scenes.length}`;
    place.setAttribute("role", "status");
    place.setAttribute("aria-label", words.place[at.scene]);
    list.replaceChildren(...scenes.map((scene, number) => node("li", {}, entry(scene, number))));
    parent.host?.toggleAttribute("data-ready", data.heard === sent);
  }

  function entry({ title, link }, number) {
    const here = node("a", { href: link, textContent: title });
    if (number === at.scene) here.setAttribute("aria-current", "step");
    here.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(false);
      to(number);
    };
    return here;
  }

  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  function onPress(event) {
    tabbed = false;
    if (!event.composedPath().includes(root)) open(false);
  }

  window.addEventListener("keydown", onKey, true);
  document.addEventListener("fullscreenchange", draw);
  document.addEventListener("pointerdown", onPress, true);
  open(false);
  draw();
  return {
    /** What the server says holds, unless it has not heard of the last key yet. */
    update(fresh) {
      data = fresh;
      if (data.heard === sent) at = standing(data);
      draw();
    },
    end() {
      window.removeEventListener("keydown", onKey, true);
      document.removeEventListener("fullscreenchange", draw);
      document.removeEventListener("pointerdown", onPress, true);
      root.remove();
      BARS.delete(parent);
    },
  };
}

const standing = ({ scene, scenes }) => ({ scene, waits: scenes.map(({ waits }) => waits) });

/** Whether a key belongs to what has the focus: a field that is typed in, or a list or slider that
 * was reached by the tab key, not one that a click left it on. A remote's keys are the lesson's. */
function taken(event, tabbed) {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return false;
  if (target.matches(TYPED) || target.closest("[contenteditable=true]")) return true;
  return tabbed && !PAGES.includes(event.key) && target.matches(CHOSEN);
}
