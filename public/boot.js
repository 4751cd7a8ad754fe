// Starts the app: says so where this browser cannot run it, fetches the words
// beside the wasm, and takes the shell away once the app stands.
//
// The syntax is that of 2018 on purpose: a browser that is too old for the app
// must still be able to read this file, or it could not say so.

const script = document.getElementById("boot");
const shell = document.getElementById("shell");

const absolute = (address) => new URL(address, document.baseURI).href;

function canRun() {
  return (
    typeof WebAssembly === "object" &&
    typeof BigInt64Array === "function" &&
    // The youngest thing that the styles cannot do without (Safari 17.5, Chrome 123, Firefox 120).
    window.CSS !== undefined &&
    CSS.supports("color", "light-dark(red, blue)")
  );
}

// Puts one of the shell's messages in place of its skeleton.
function say(id) {
  document.getElementById("boot-loading").hidden = true;
  const message = document.getElementById(id);
  message.hidden = false;
  const again = message.querySelector("button");
  if (again !== null) {
    again.addEventListener("click", () => location.reload());
  }
}

async function words() {
  const address = document.querySelector('meta[name="portico-words"]').content;
  const answer = await fetch(absolute(address));
  if (!answer.ok) {
    throw new Error(`the words: ${answer.status}`);
  }
  return answer.text();
}

async function start() {
  // All three at once; the page has told the browser about them already.
  const wasm = fetch(absolute(script.dataset.wasm));
  const glue = import(absolute(script.dataset.glue));
  const [joined, app] = await Promise.all([words(), glue, wasm]);
  globalThis.porticoWords = joined;
  await app.default({ module_or_path: wasm });
}

window.addEventListener("portico:ready", () => shell.remove(), { once: true });

if (canRun()) {
  start().catch((error) => {
    console.error(error);
    if (shell.isConnected) {
      say("boot-failed");
    }
  });
} else {
  say("boot-unsupported");
}
