// Works on the page around it: Streamlit's own words, the language of the document, roles and names, one cookie.
// Words inside Markdown are ours or the person's and are left alone.

const ATTRIBUTES = ["aria-label", "title", "placeholder", "data-title"];
const OURS = "[data-testid=stMarkdownContainer], [role=tooltip], iframe, script, style, textarea";

const THEIRS = "[data-testid=stFileUploaderDropzone]"; // Markdown of Streamlit's own

let exact = new Map();
let patterns = [];
let observer = null;
let waiting = 0;
const before = new WeakMap(); // node -> { name of attribute or "text": { english, shown } }

export default function ({ data }) {
  const words = Object.entries(data.words);
  exact = new Map(words.filter(([english]) => !english.includes("{")));
  patterns = words.filter(([english]) => english.includes("{")).map(([english, shown]) => [matcher(english), shown]);
  document.documentElement.lang = data.language;
  if (data.remember) {
    document.cookie = `mirador=${encodeURIComponent(data.remember)}; path=/; max-age=31536000; samesite=strict`;
  }
  mend(document.body);
  roles();
  if (!observer) {
    observer = new MutationObserver(seen);
    observer.observe(document.body, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
    });
  }
  return () => {
    observer?.disconnect();
    observer = null;
  };
}

function matcher(english) {
  const parts = english.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return { regex: new RegExp(`^${parts.join("(.+)")}$`), names: [...english.matchAll(/\{(\w+)\}/g)].map((m) => m[1]) };
}

function translated(english) {
  const text = english.trim();
  if (!text || text.length > 200) return english;
  if (exact.has(text)) return exact.get(text);
  for (const [{ regex, names }, shown] of patterns) {
    const found = regex.exec(text);
    if (found) return names.reduce((said, name, i) => said.replace(`{${name}}`, found[i + 1]), shown);
  }
  return english;
}

function replaced(node, name, now, write) {
  const kept = before.get(node) ?? {};
  const english = kept[name]?.shown === now ? kept[name].english : now;
  const shown = translated(english);
  if (shown !== now) write(shown);
  if (shown !== english) before.set(node, { ...kept, [name]: { english, shown } });
}

function mendText(node) {
  const parent = node.parentElement;
  if (parent && (!parent.closest(OURS) || parent.closest(THEIRS))) {
    replaced(node, "text", node.nodeValue, (shown) => { node.nodeValue = shown; });
  }
}

function mendAttributes(element) {
  for (const name of ATTRIBUTES) {
    if (element.hasAttribute(name)) {
      replaced(element, name, element.getAttribute(name), (shown) => element.setAttribute(name, shown));
    }
  }
}

function mend(root) {
  if (root.nodeType === Node.TEXT_NODE) return mendText(root);
  if (root.nodeType !== Node.ELEMENT_NODE) return undefined;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) mendText(node);
    else mendAttributes(node);
  }
  return undefined;
}

function seen(records) {
  for (const record of records) {
    if (record.type === "characterData") mendText(record.target);
    else if (record.type === "attributes") mendAttributes(record.target);
    else record.addedNodes.forEach(mend);
  }
  if (!waiting) waiting = setTimeout(() => { waiting = 0; roles(); }, 120);
}

// What Streamlit's own markup lacks for a screen reader.
function roles() {
  // the list of screens holds its items one level too deep to be a list; its links stay links
  document.querySelectorAll("ul[data-testid=stSidebarNavItems]").forEach((list) => {
    give(list, "role", "none");
    list.querySelectorAll("li").forEach((item) => give(item, "role", "none"));
  });
  // subheadings follow the title: no level is skipped
  const main = document.querySelector("[data-testid=stMain]");
  if (main && !main.querySelector("h2")) main.querySelectorAll("h3").forEach((h) => give(h, "aria-level", "2"));
  // a chart is a picture that says what it shows; its figures follow as a table
  document.querySelectorAll("[class*=st-key-figure_]").forEach((figure) => {
    const plot = figure.querySelector(".js-plotly-plot");
    const said = figure.querySelector("[data-testid=stCaptionContainer]");
    if (plot && said) {
      const [first, ...others] = plot.querySelectorAll("svg.main-svg");
      if (first) give(first, "role", "img");
      if (first) give(first, "aria-label", said.textContent.trim());
      others.forEach((layer) => give(layer, "aria-hidden", "true"));
    }
  });
}

function give(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
