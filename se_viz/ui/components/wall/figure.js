// Pictures side by side, one of which is chosen. Cards keep their elements, so that they can be
// seen moving when their order changes.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const MOVE = { duration: 350, easing: "ease-in-out" };

/**
 * @param root element to draw in.
 * @param data {label, small, cards: [{id, src, state, now, said}]}: `state` is a class of the style,
 *   `now` stands under the picture, `said` is all of it for people who point at or listen to it.
 * @param choice id of the chosen card.
 * @param onChoice called with the id of a card that is chosen.
 */
export function mountWall(root, data, choice, onChoice) {
  const list = document.createElement("div");
  const cards = new Map();
  list.setAttribute("role", "group");
  list.addEventListener("click", (event) => {
    const card = event.target.closest("button");
    if (card) onChoice(card.dataset.id);
  });
  list.addEventListener("keydown", (event) => step(list, event));
  root.append(list);

  function update(data, choice) {
    const before = still() ? new Map() : placesOf(cards);
    const focused = list.getRootNode().activeElement;
    list.className = data.small ? "se wall thumbs" : "se wall";
    list.setAttribute("aria-label", data.label);
    const shown = data.cards.map((facts) => fill(cardOf(cards, facts.id), facts, choice));
    drop(cards, new Set(shown));
    if (!sameOrder(list, shown)) list.replaceChildren(...shown);
    if (focused?.dataset?.id && list.contains(focused)) focused.focus();
    slide(before, cards);
  }

  update(data, choice);
  return { update, destroy: () => list.remove() };
}

function still() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function sameOrder(list, shown) {
  return list.children.length === shown.length && shown.every((card, i) => card === list.children[i]);
}

function cardOf(cards, id) {
  if (!cards.has(id)) {
    const card = document.createElement("button");
    card.type = "button";
    card.dataset.id = id;
    card.append(document.createElement("img"), document.createElement("span"));
    cards.set(id, card);
  }
  return cards.get(id);
}

function fill(card, facts, choice) {
  const [picture, caption] = card.children;
  if (picture.getAttribute("src") !== facts.src) picture.src = facts.src;
  picture.alt = "";
  caption.textContent = facts.now;
  card.className = `card ${facts.state}`;
  card.title = facts.said;
  card.setAttribute("aria-label", facts.said);
  card.setAttribute("aria-pressed", String(facts.id === choice));
  return card;
}

function drop(cards, shown) {
  for (const [id, card] of cards) if (!shown.has(card)) cards.delete(id);
}

function placesOf(cards) {
  return new Map([...cards].map(([id, card]) => [id, card.getBoundingClientRect()]));
}

function slide(before, cards) {
  for (const [id, card] of cards) {
    const from = before.get(id), to = card.getBoundingClientRect();
    if (!from || (from.left === to.left && from.top === to.top)) continue;
    const start = `translate(${from.left - to.left}px, ${from.top - to.top}px)`;
    card.animate([{ transform: start }, { transform: "none" }], MOVE);
  }
}

function step(list, event) {
  const cards = [...list.children], place = cards.indexOf(event.target.closest("button"));
  if (!(event.key in STEPS) || place < 0) return;
  event.preventDefault();
  cards[(place + STEPS[event.key] + cards.length) % cards.length].focus();
}
