// Asks the portal's API on behalf of the two pages of the payment window. They
// have no session, so nothing that could name a person goes along.

// Answers with the status and, where all is well, the body; where there were too
// many questions, with how many milliseconds to wait. Throws where no answer
// came within `patience` milliseconds.
globalThis.ask = async (path, question, patience) => {
  const api = document.querySelector('meta[name="portico-api"]').content;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const answer = await fetch(new URL(api + path, document.baseURI), {
      method: "POST",
      headers: { "Content-Type": "application/json", "Portico-Request": "1" },
      body: JSON.stringify(question),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: stop.signal,
    });
    return {
      status: answer.status,
      body: answer.ok ? await answer.json() : null,
      wait: answer.status === 429 ? 1000 * (Number(answer.headers.get("Retry-After")) || 1) : 0,
    };
  } finally {
    clearTimeout(timer);
  }
};

// Takes what the address carries after `#`, and leaves none of it in the
// address, the history or what a screenshot shows.
globalThis.takeFragment = () => {
  const fragment = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  return fragment;
};

// Says one of the page's sentences where a screen reader hears it.
globalThis.say = (id) => {
  document.getElementById("say").textContent = document.getElementById(id).content.textContent;
};

// Where in the portal this tab came from, if it is the portal's own tab and not
// a window beside it: the portal remembers that as it leaves. A checkout that
// is not the one it left with has another way back.
globalThis.wayBack = (checkout) => {
  try {
    const left = sessionStorage.getItem("portico.left.checkout");
    const back = new URL(sessionStorage.getItem("portico.left.path"), location.origin);
    const mine = left === "" || left === checkout || checkout === undefined;
    return left !== null && mine && back.origin === location.origin ? back.href : null;
  } catch {
    // A browser that lets nobody remember anything.
    return null;
  }
};
