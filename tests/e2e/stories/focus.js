// Begins a round of the keyboard. At each press of Tab it looks at what has the keyboard since
// the press before, and notes what of that cannot be seen in `keyboardSeen`.

window.keyboardSeen = { stops: 0, round: false, faults: [] };
window.keyboardPlaces = new Set();
window.keyboardLast = null;

/** The nearest that stands where it is while the page scrolls. */
function standing(element) {
  for (let at = element; at !== null; at = at.parentElement) {
    const position = getComputedStyle(at).position;
    if (position === "fixed" || position === "sticky" || at.matches("dialog[open]")) {
      return at;
    }
  }
  return null;
}

/** What is seen of it: of a field that is not drawn itself, its label. */
function drawn(element) {
  const box = element.getBoundingClientRect();
  const small = box.width < 2 || box.height < 2 || getComputedStyle(element).opacity === "0";
  return (small && element.labels && element.labels[0]) || element;
}

/** Five times five points of each of its boxes, as far as they lie within the window. */
function points(element) {
  const found = [];
  for (const box of element.getClientRects()) {
    const left = Math.max(box.left, 0);
    const top = Math.max(box.top, 0);
    const right = Math.min(box.right, document.documentElement.clientWidth);
    const bottom = Math.min(box.bottom, document.documentElement.clientHeight);
    for (let n = 0; n < 25 && left < right && top < bottom; n += 1) {
      const across = ((n % 5) + 0.5) / 5;
      const down = (Math.floor(n / 5) + 0.5) / 5;
      found.push([left + (right - left) * across, top + (bottom - top) * down]);
    }
  }
  return found;
}

/** Why it cannot be seen; nothing where a part of it can. */
function hidden(element) {
  const all = points(element);
  if (all.length === 0) {
    return "outside of the window";
  }
  let cover = null;
  for (const [x, y] of all) {
    const pile = document.elementsFromPoint(x, y);
    const at = pile.findIndex((on) => on === element || element.contains(on));
    const above = pile.slice(0, Math.max(at, 0)).map(standing);
    const over = above.find((on) => on !== null && !on.contains(element));
    if (at >= 0 && over === undefined) {
      return null;
    }
    cover = over ?? cover;
  }
  return cover === null ? "cut off" : `under ${named(cover)}`;
}

function named(element) {
  const words = (element.getAttribute("aria-label") ?? element.textContent).trim();
  const id = element.id === "" ? element.className : `#${element.id}`;
  return `${element.tagName.toLowerCase()} ${id} "${words.replace(/\s+/g, " ").slice(0, 40)}"`;
}

/** What is drawn for whoever focuses it: not in a window that nobody can focus, as WebKit's here. */
function waits(element) {
  return !document.hasFocus() && getComputedStyle(element).clipPath === "inset(50%)";
}

function look() {
  const seen = window.keyboardSeen;
  const element = document.activeElement;
  if (seen.round || element === null || element === document.body || element.tabIndex < 0) {
    return;
  }
  // A field for a day has several places for the keyboard, one after another.
  const stays = element === window.keyboardLast;
  window.keyboardLast = element;
  if (stays) {
    return;
  }
  // Not the first one alone: a menu may close behind the keyboard, and its places with it.
  if (window.keyboardPlaces.has(element)) {
    seen.round = true;
    return;
  }
  window.keyboardPlaces.add(element);
  seen.stops += 1;
  const why = waits(element) ? null : hidden(drawn(element));
  if (why !== null) {
    seen.faults.push(`${named(element)} is ${why}`);
  }
}

document.activeElement?.blur();
if (window.keyboardWatched === undefined) {
  window.keyboardWatched = true;
  window.addEventListener("keydown", (event) => event.key === "Tab" && look(), true);
}
